package io.minigpt.qageneration;

/**
 * A document that pairs are made from.
 *
 * @param id its id
 * @param version of its text
 * @param title empty if it has none
 * @param text the whole text
 */
public record Subject(String id, String version, String title, String text) {

    /** What an answer may be taken from: the passage, and the title, which names what the passage is about. */
    String grounds(String passage) {
        return title.isEmpty() ? passage : title + "\n" + passage;
    }
}
