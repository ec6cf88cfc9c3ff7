package io.minigpt.gpt;

/**
 * How probable a text is to a model, at temperature 1.
 *
 * @param logProbability the sum of its tokens' natural logarithms of probability
 * @param tokens the number of tokens in the sum
 * @param bytes the number of bytes that they stand for
 */
public record Score(double logProbability, int tokens, int bytes) {
    /** The exponential of the mean negative log-probability of a token. */
    public double perplexity() {
        return Math.exp(-logProbability / tokens);
    }

    /** Comparable between tokenizers; not a number for a text without bytes. */
    public double bitsPerByte() {
        return -logProbability / Math.log(2) / bytes;
    }
}
