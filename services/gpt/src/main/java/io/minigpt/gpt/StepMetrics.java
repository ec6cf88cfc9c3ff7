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
 * @param flops floating-point operations of the model, as {@code ModelConfiguration.trainingFlops} counts
 * @param seconds wall time
 */
public record StepMetrics(
        long step,
        double loss,
        double learningRate,
        double gradientNorm,
        int tokens,
        int countedTokens,
        double flops,
        double seconds) {
    /** Tokens that went through the network in a second of wall time. */
    public double tokensPerSecond() {
        return tokens / seconds;
    }

    /**
     * Model FLOP utilisation, the share of the device's operations that the model made use of.
     *
     * @param peak operations a second that the device can do in the number format of the matrix products
     */
    public double utilisation(double peak) {
        return flops / seconds / peak;
    }
}
