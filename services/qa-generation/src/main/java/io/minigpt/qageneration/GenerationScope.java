package io.minigpt.qageneration;

import java.util.Objects;

/**
 * What a run is about within its corpus.
 *
 * @param prompt name of the prompt; in a request empty for the one of its depth
 * @param documents which documents
 * @param depth how much is asked about each
 */
public record GenerationScope(String prompt, DocumentChoice documents, Depth depth) {

    public GenerationScope {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(documents, "documents");
        Objects.requireNonNull(depth, "depth");
    }
}
