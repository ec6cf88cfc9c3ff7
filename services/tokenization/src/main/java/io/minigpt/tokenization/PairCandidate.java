package io.minigpt.tokenization;

import java.util.Objects;

/**
 * An active question-answer pair that a fine-tuning version may contain. Active means that all that it was made from is
 * active too.
 *
 * @param id record id
 * @param kind curated, generated or variant
 * @param parentId what it was made from; null for a curated question
 * @param familyId the curated question, or the document, that it descends from
 * @param documentId the document whose split it follows; null for curated families
 * @param sequence order of the curated question or document in its corpus, from 1
 * @param parentOrdinal for a variant of a generated pair the number of that pair within its document, else 0
 * @param ordinal number among its parent's children, from 0
 * @param questionKey equal for equal questions
 * @param promptVersion prompt that asked for a generated pair; null for others
 * @param grounding share of a generated pair's answer that is in the text; 0 if it is not known
 */
public record PairCandidate(
        String id,
        RecordKind kind,
        String parentId,
        String familyId,
        String documentId,
        long sequence,
        int parentOrdinal,
        int ordinal,
        String questionKey,
        String promptVersion,
        double grounding) {

    public PairCandidate {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(familyId, "familyId");
        Objects.requireNonNull(questionKey, "questionKey");
        if (kind == RecordKind.DOCUMENT) {
            throw new IllegalArgumentException("record " + id + " is a document, not a pair");
        }
    }

    /** Whether it descends from a curated question. */
    public boolean ofCuratedFamily() {
        return documentId == null;
    }
}
