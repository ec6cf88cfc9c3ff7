package io.minigpt.corpus;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a document or question stands in its corpus.
 *
 * @param id its id
 * @param sequence order of first import among its kind, from 1
 * @param version of its content
 * @param contentHash of its normalised content
 * @param state whether it counts
 * @param duplicateOf the active entry with the same content; null unless it is a duplicate
 * @param revision number of the last fact published about it; 0 if there is none
 * @param superseded numbers of the facts before, ascending
 */
public record Entry(
        String id,
        long sequence,
        String version,
        String contentHash,
        State state,
        String duplicateOf,
        long revision,
        List<Long> superseded) {

    /** Whether an entry counts. */
    public enum State {
        /** Published; of several with the same content exactly one is active. */
        ACTIVE,
        /** Withheld because an active one has the same content. */
        DUPLICATE,
        /** Taken back. */
        RETRACTED
    }

    public Entry {
        superseded = List.copyOf(superseded);
        if ((state == State.DUPLICATE) != (duplicateOf != null)) {
            throw new IllegalArgumentException("duplicateOf and state " + state + " do not fit together");
        }
    }

    /** An entry that nothing was published about yet. */
    public static Entry fresh(Candidate candidate, long sequence) {
        return new Entry(
                candidate.id(),
                sequence,
                candidate.version(),
                candidate.contentHash(),
                State.RETRACTED,
                null,
                0,
                List.of());
    }

    /** Whether it counts. */
    public boolean isActive() {
        return state == State.ACTIVE;
    }

    /** The entry with other content. */
    public Entry with(Candidate candidate) {
        return new Entry(
                id, sequence, candidate.version(), candidate.contentHash(), state, duplicateOf, revision, superseded);
    }

    /** The entry as the one that counts among those with its content. */
    public Entry active() {
        return new Entry(id, sequence, version, contentHash, State.ACTIVE, null, revision, superseded);
    }

    /** The entry as a duplicate of another. */
    public Entry duplicateOf(String other) {
        return new Entry(id, sequence, version, contentHash, State.DUPLICATE, other, revision, superseded);
    }

    /** The entry as taken back. */
    public Entry retracted() {
        return new Entry(id, sequence, version, contentHash, State.RETRACTED, null, revision, superseded);
    }

    /** The entry after a fact with this number was published about it. */
    public Entry published(long number) {
        List<Long> earlier = revision == 0
                ? superseded
                : Stream.concat(superseded.stream(), Stream.of(revision)).toList();
        return new Entry(id, sequence, version, contentHash, state, duplicateOf, number, earlier);
    }
}
