package io.minigpt.teacher;

/**
 * How many results a reply to a request has when all went well.
 *
 * @param min fewer than this is worth asking again
 * @param max more than this is cut off
 */
public record Promise(int min, int max) {

    public Promise {
        if (min < 0 || max < min) {
            throw new IllegalArgumentException("promise must be 0 <= min <= max, but is " + min + ".." + max);
        }
    }

    /** A language model: what was asked for, no more and no less. */
    public static Promise exactly(int count) {
        return new Promise(count, count);
    }

    /** A rule-based teacher: as many as the text gives. */
    public static Promise upTo(int count) {
        return new Promise(0, count);
    }

    /** Whether {@code count} good results settle the request. */
    public boolean keptBy(int count) {
        return count >= min;
    }
}
