package io.minigpt.qageneration;

/**
 * How much a run asks about a document.
 *
 * @param perSentence pairs about each sentence; 0 for the configured number about each passage
 * @param firstPassageOnly whether a long text is asked about in its first passage only
 * @param attempts replies after which what is missing is given up; 0 for the configured number
 */
public record Depth(int perSentence, boolean firstPassageOnly, int attempts) {

    /** As configured. */
    public static final Depth STANDARD = new Depth(0, false, 0);

    private static final int MAX_PER_SENTENCE = 20;

    /** @throws IllegalArgumentException naming the number that is out of its range */
    public Depth {
        if (perSentence < 0 || perSentence > MAX_PER_SENTENCE) {
            throw new IllegalArgumentException("questions_per_sentence must be 0 (the configured number a passage) to "
                    + MAX_PER_SENTENCE + ", but is " + perSentence);
        }
        if (attempts < 0) {
            throw new IllegalArgumentException("attempts must not be negative, but is " + attempts);
        }
    }

    /** What tells complete sets of pairs apart: all but the attempts. */
    public String label() {
        return (perSentence == 0 ? "" : perSentence + " a sentence") + (firstPassageOnly ? " first passage" : "");
    }
}
