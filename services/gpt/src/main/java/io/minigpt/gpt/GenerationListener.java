package io.minigpt.gpt;

/** Follows a generation, on the thread that generates. */
public interface GenerationListener {
    /** Hears nothing and never cancels. */
    GenerationListener NONE = piece -> {};

    /** The next piece of text: whole characters, never empty, never to be taken back. */
    void text(String piece);

    /** Asked before every token; true ends the generation. */
    default boolean cancelled() {
        return false;
    }
}
