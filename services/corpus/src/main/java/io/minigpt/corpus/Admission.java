package io.minigpt.corpus;

import java.util.Optional;

/** What becomes of a candidate. */
public sealed interface Admission {

    /** The corpus has it already: nothing changes. */
    record Unchanged() implements Admission {}

    /** It becomes the one that counts among those with its content, and is published. */
    record Admitted() implements Admission {}

    /** Another active entry has its content: it is stored, not published. @param duplicateOf id of that entry */
    record Withheld(String duplicateOf) implements Admission {}

    /**
     * Decides about a candidate.
     *
     * @param known the entry with the candidate's id, if there is one
     * @param holder id of the active entry with the candidate's content, if there is one
     */
    static Admission of(Candidate candidate, Optional<Entry> known, Optional<String> holder) {
        boolean same = known.filter(entry -> entry.version().equals(candidate.version()))
                .filter(entry -> entry.state() != Entry.State.RETRACTED)
                .isPresent();
        if (same) {
            return new Unchanged();
        }
        return holder.filter(id -> !id.equals(candidate.id()))
                .<Admission>map(Withheld::new)
                .orElseGet(Admitted::new);
    }
}
