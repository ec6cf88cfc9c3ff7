package io.minigpt.corpus;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Where a document or question stands in its corpus.
 *
 * @param id its id
 * @param sequence order of first import among its kind, from 1
 * @param version of its content
 * @param contentHash of its normalised content
 * @param state whether it counts
 * @param duplicateOf the active entry with the same or nearly the same content; null unless it is a duplicate
 * @param similarity to that entry, if the content is only nearly the same
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
        OptionalDouble similarity,
        long revision,
        List<Long> superseded) {

    /** Whether an entry counts. */
    public enum State {
        /** Published; of several with the same content exactly one is active. */
        ACTIVE,
        /** Withheld because an active one has the same or nearly the same content. */
        DUPLICATE,
        /** Taken back. */
        RETRACTED
    }

    public Entry {
        superseded = List.copyOf(superseded);
        if ((state == State.DUPLICATE) != (duplicateOf != null)) {
            throw new IllegalArgumentException("duplicateOf and state " + state + " do not fit together");
        }
        if (similarity.isPresent() && state != State.DUPLICATE) {
            throw new IllegalArgumentException("similarity and state " + state + " do not fit together");
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
                OptionalDouble.empty(),
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
                id,
                sequence,
                candidate.version(),
                candidate.contentHash(),
                state,
                duplicateOf,
                similarity,
                revision,
                superseded);
    }

    /** The entry as the one that counts among those with its content. */
    public Entry active() {
        return as(State.ACTIVE, null, OptionalDouble.empty());
    }

    /** The entry as a duplicate of another with the same content. */
    public Entry duplicateOf(String other) {
        return as(State.DUPLICATE, other, OptionalDouble.empty());
    }

    /** The entry as a duplicate of another with nearly the same content. */
    public Entry duplicateOf(Similar other) {
        return as(State.DUPLICATE, other.id(), OptionalDouble.of(other.similarity()));
    }

    /** The entry as taken back. */
    public Entry retracted() {
        return as(State.RETRACTED, null, OptionalDouble.empty());
    }

    /** The entry after a fact with this number was published about it. */
    public Entry published(long number) {
        List<Long> earlier = revision == 0
                ? superseded
                : Stream.concat(superseded.stream(), Stream.of(revision)).toList();
        return new Entry(id, sequence, version, contentHash, state, duplicateOf, similarity, number, earlier);
    }

    private Entry as(State changed, String of, OptionalDouble similar) {
        return new Entry(id, sequence, version, contentHash, changed, of, similar, revision, superseded);
    }
}
