package io.minigpt.corpus;

import io.minigpt.platform.Ids;

/**
 * A curated question with its answer, both normalised.
 *
 * @param id see {@link #id(CorpusName, String)}
 * @param externalId the caller's own id; empty if none was given
 * @param question the question
 * @param answer its answer
 * @param documentId id of the document that it is about; empty if none was given
 * @param metadata further fields of the line, as a JSON object
 * @param fingerprint of question and answer
 */
public record Question(
        String id,
        String externalId,
        String question,
        String answer,
        String documentId,
        String metadata,
        Fingerprint fingerprint)
        implements Candidate {

    /** Id of the question that the caller, or its own text, calls {@code name}. */
    public static String id(CorpusName corpus, String name) {
        return Ids.of(Kind.QUESTION.text(), corpus.value(), name);
    }

    @Override
    public String text() {
        return question + "\n" + answer;
    }
}
