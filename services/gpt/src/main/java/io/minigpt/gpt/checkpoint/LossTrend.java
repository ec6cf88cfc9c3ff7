package io.minigpt.gpt.checkpoint;

import java.util.OptionalDouble;

/**
 * How the losses of a run have gone, as far as it decides whether the run goes on. It is saved, so that a resumed run
 * ends where an undisturbed one would.
 *
 * @param average of the training loss, in nats per token: each step's counts for 5 %, the average before it for the rest
 * @param lowestAverage the lowest that the average has been
 * @param evaluationsWithoutImprovement evaluations since the one with the lowest validation loss
 * @param evaluatedStep the step of the last evaluation; an evaluation that is repeated counts once
 */
public record LossTrend(
        OptionalDouble average, OptionalDouble lowestAverage, int evaluationsWithoutImprovement, long evaluatedStep) {
    /** Before the first step. */
    public static final LossTrend NONE = new LossTrend(OptionalDouble.empty(), OptionalDouble.empty(), 0, -1);

    private static final double WEIGHT = 0.05;

    /** The trend after a training step. */
    public LossTrend trained(double loss) {
        double next = average.isPresent() ? average.getAsDouble() + WEIGHT * (loss - average.getAsDouble()) : loss;
        return new LossTrend(
                OptionalDouble.of(next),
                OptionalDouble.of(Math.min(next, lowestAverage.orElse(next))),
                evaluationsWithoutImprovement,
                evaluatedStep);
    }

    /** The trend after an evaluation. */
    public LossTrend validated(long step, boolean improved) {
        if (step == evaluatedStep) {
            return this;
        }
        return new LossTrend(average, lowestAverage, improved ? 0 : evaluationsWithoutImprovement + 1, step);
    }

    /** How far the average is above its lowest, in nats per token. */
    public double rise() {
        return average.isPresent() ? average.getAsDouble() - lowestAverage.orElseThrow() : 0;
    }
}
