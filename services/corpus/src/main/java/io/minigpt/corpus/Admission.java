package io.minigpt.corpus;

import java.util.Optional;
import java.util.function.Supplier;

/** What becomes of a candidate. */
public sealed interface Admission {

    /** The corpus has it already: nothing changes. */
    record Unchanged() implements Admission {}

    /** It becomes the one that counts among those with its content, and is published. */
    record Admitted() implements Admission {}

    /** Another active entry has its content: it is stored, not published. @param duplicateOf id of that entry */
    record Withheld(String duplicateOf) implements Admission {}

    /** Another active entry has nearly its content: it is stored, not published. */
    record WithheldAsSimilar(Similar similar) implements Admission {}

    /**
     * Decides about a candidate.
     *
     * @param known the entry with the candidate's id, if there is one
     * @param holder id of the active entry with the candidate's content, if there is one
     * @param similar the active entry with nearly its content, if there is one; asked for only if it decides
     */
    static Admission of(
            Candidate candidate, Optional<Entry> known, Optional<String> holder, Supplier<Optional<Similar>> similar) {
        boolean same = known.filter(entry -> entry.version().equals(candidate.version()))
                .filter(entry -> entry.state() != Entry.State.RETRACTED)
                .isPresent();
        return same ? new Unchanged() : of(candidate, holder, similar);
    }

    /** Decides about a candidate that is new, changed or to be decided again. */
    static Admission of(Candidate candidate, Optional<String> holder, Supplier<Optional<Similar>> similar) {
        if (holder.isPresent()) {
            return holder.filter(id -> !id.equals(candidate.id()))
                    .<Admission>map(Withheld::new)
                    .orElseGet(Admitted::new);
        }
        return similar.get().<Admission>map(WithheldAsSimilar::new).orElseGet(Admitted::new);
    }
}
