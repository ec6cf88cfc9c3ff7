package io.minigpt.qageneration;

/**
 * Which documents of its corpus a run takes: those that fit everything that is given.
 *
 * @param first only the first so many in corpus order; 0 for all
 * @param documentId only this one; empty for all
 * @param sinceRun only what this run did not have, or had with another text; empty for all
 */
public record DocumentChoice(long first, String documentId, String sinceRun) {

    /** All of them. */
    public static final DocumentChoice ALL = new DocumentChoice(0, "", "");

    /** @throws IllegalArgumentException if the number of documents is negative */
    public DocumentChoice {
        if (first < 0) {
            throw new IllegalArgumentException("max_documents must not be negative, but is " + first);
        }
    }
}
