package io.minigpt.corpus;

import io.minigpt.platform.Ids;

/**
 * A curated question with its answer, both normalised.
 *
 * @param id see {@link #of}
 * @param externalId the caller's own id; empty if none was given
 * @param question the question
 * @param answer its answer
 * @param documentId id of the document that it is about; empty if none was given
 * @param metadata further fields of the line, as a JSON object
 */
public record Question(String id, String externalId, String question, String answer, String documentId, String metadata)
        implements Candidate {

    /**
     * A question of a corpus; without a caller's id the question itself names it.
     *
     * @param document the caller's id of the document that it is about; empty if none was given
     */
    static Question of(
            CorpusName corpus, String externalId, String question, String answer, String document, String metadata) {
        String id = id(corpus, externalId.isEmpty() ? question : externalId);
        String documentId = document.isEmpty() ? "" : Document.id(corpus, document);
        return new Question(id, externalId, question, answer, documentId, metadata);
    }

    /** Id of the question that the caller, or its own text, calls {@code name}. */
    public static String id(CorpusName corpus, String name) {
        return Ids.of(Kind.QUESTION.text(), corpus.value(), name);
    }

    @Override
    public String version() {
        return Ids.of(question, answer, documentId, Normalisation.RECIPE);
    }

    @Override
    public String contentHash() {
        return Ids.of(question, answer);
    }
}
