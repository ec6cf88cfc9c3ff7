package io.minigpt.gpt;

/** Follows a generation, on the thread that computes its batch's step: what takes long here holds up the others. */
public interface GenerationListener {
    /** Hears nothing and never cancels. */
    GenerationListener NONE = piece -> {};

    /** The next piece of text: whole characters, never empty, never to be taken back. */
    void text(String piece);

    /** The next token, before its text, if the request asks for probabilities. */
    default void token(TokenProbability token) {}

    /** It has ended, and there is no more. */
    default void finished(Generation generation) {}

    /** It has failed, and there is no more; the others of its batch go on. */
    default void failed(RuntimeException reason) {}

    /** Asked before every token; true ends the generation. */
    default boolean cancelled() {
        return false;
    }
}
