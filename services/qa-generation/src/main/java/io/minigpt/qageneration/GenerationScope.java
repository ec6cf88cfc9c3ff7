package io.minigpt.qageneration;

/**
 * What a run is about within its corpus.
 *
 * @param prompt name of the prompt; in a request empty for the configured one
 * @param maxDocuments only the first so many documents; 0 for all
 */
public record GenerationScope(String prompt, long maxDocuments) {

    /** @throws IllegalArgumentException if the number of documents is negative */
    public GenerationScope {
        if (maxDocuments < 0) {
            throw new IllegalArgumentException("max_documents must not be negative, but is " + maxDocuments);
        }
    }
}
