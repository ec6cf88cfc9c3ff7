package io.minigpt.corpus;

/**
 * How far a body was read: always between two lines.
 *
 * @param line lines before it
 * @param offset plain bytes before it
 */
public record Position(long line, long offset) {

    /** Where every body begins. */
    public static final Position START = new Position(0, 0);
}
