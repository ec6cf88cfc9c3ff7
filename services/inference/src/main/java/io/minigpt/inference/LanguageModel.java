package io.minigpt.inference;

/** A loaded model. Thread-safe: generations of several threads advance together. */
public interface LanguageModel extends AutoCloseable {

    /**
     * Generates a text.
     *
     * @param request what
     * @param sink takes the text as it comes, in whole characters
     * @throws PromptTooLongException if the prompt must fit the context and does not
     */
    GenerationResult generate(GenerationRequest request, TextSink sink);

    /** Frees its memory. */
    @Override
    void close();

    /** Takes a text piece by piece. */
    interface TextSink {

        /** The next piece, never empty, never taken back. */
        void text(String piece);

        /** Whether nobody wants more; asked before every token. */
        boolean closed();
    }
}
