package io.minigpt.augmentation;

import io.minigpt.platform.Ids;

/**
 * A question with its answer that can have variants.
 *
 * @param id its id
 * @param corpus its corpus
 * @param source what it is
 * @param familyId the curated question, or the document, that it descends from
 * @param sequence order of the question or document in its corpus
 * @param ordinal number of a generated pair within its document; 0 for a curated question
 * @param question the question
 * @param answer its answer
 */
public record Parent(
        String id,
        String corpus,
        ParentSource source,
        String familyId,
        long sequence,
        int ordinal,
        String question,
        String answer) {

    /** Hash of what it says: other words are another content, whose variants must be made again. */
    public String content() {
        return Ids.of("pair-content", question, answer);
    }
}
