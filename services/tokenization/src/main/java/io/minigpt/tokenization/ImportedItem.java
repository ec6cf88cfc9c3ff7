package io.minigpt.tokenization;

import java.util.Objects;
import java.util.Optional;

/**
 * A question of an imported evaluation set.
 *
 * @param id record id
 * @param set name of the set
 * @param use what the set is asked for
 * @param ordinal its number in the set, from 0
 * @param questionKey equal for equal questions, as that of a {@link PairCandidate}
 * @param documentId the document that it is about, if the file says so
 */
public record ImportedItem(
        String id, String set, SetUse use, int ordinal, String questionKey, Optional<String> documentId) {

    public ImportedItem {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(set, "set");
        Objects.requireNonNull(use, "use");
        Objects.requireNonNull(questionKey, "questionKey");
        Objects.requireNonNull(documentId, "documentId");
    }

    /** Name of its set within a version. */
    String frozenSet() {
        return use.text() + "-" + set;
    }
}
