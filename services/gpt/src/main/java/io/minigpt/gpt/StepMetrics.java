package io.minigpt.gpt;

/**
 * What one training step measured.
 *
 * @param step the number of finished steps, this one included
 * @param loss mean cross-entropy of the counted tokens, in nats
 * @param learningRate of this step
 * @param gradientNorm global norm of the gradients before clipping
 * @param tokens tokens that went through the network, padding included
 * @param countedTokens tokens that the loss is the mean of
 * @param seconds wall time
 */
public record StepMetrics(
        long step,
        double loss,
        double learningRate,
        double gradientNorm,
        int tokens,
        int countedTokens,
        double seconds) {
    /** Tokens that went through the network in a second of wall time. */
    public double tokensPerSecond() {
        return tokens / seconds;
    }
}
