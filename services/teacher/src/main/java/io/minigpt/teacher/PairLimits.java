package io.minigpt.teacher;

/**
 * The thresholds of {@link PairCheck}. Lengths are in code points.
 *
 * @param minQuestion shortest question, its question mark included
 * @param maxQuestion longest question
 * @param minAnswer shortest answer
 * @param maxAnswer longest answer
 * @param minGrounding smallest share of the answer's character bigrams that occur in the passage, 0 to 1
 * @param minChinese smallest share of Chinese characters in the question, 0 to 1, where a word in other letters and a
 *     number count as one character
 */
public record PairLimits(
        int minQuestion, int maxQuestion, int minAnswer, int maxAnswer, double minGrounding, double minChinese) {

    public PairLimits {
        if (minQuestion < 1 || maxQuestion < minQuestion) {
            throw new IllegalArgumentException(
                    "question length must be 1 <= min <= max, but is " + minQuestion + ".." + maxQuestion);
        }
        if (minAnswer < 1 || maxAnswer < minAnswer) {
            throw new IllegalArgumentException(
                    "answer length must be 1 <= min <= max, but is " + minAnswer + ".." + maxAnswer);
        }
        requireShare("minGrounding", minGrounding);
        requireShare("minChinese", minChinese);
    }

    /** Questions of 4 to 60, answers of 1 to 300 characters, half of the answer found in the passage. */
    public static PairLimits standard() {
        return new PairLimits(4, 60, 1, 300, 0.5, 0.5);
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, but is " + value);
        }
    }
}
