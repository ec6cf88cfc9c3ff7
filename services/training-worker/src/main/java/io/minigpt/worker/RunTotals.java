package io.minigpt.worker;

import java.time.Duration;

/**
 * What a training run sums up over its steps. It is stored with each checkpoint, so that a run that goes on from one
 * reports what an undisturbed run would.
 *
 * @param firstLoss loss of the first logged step in nats a token, not a number before it
 * @param lastLoss loss of the last logged step in nats a token, not a number before the first
 * @param intervalLoss sum of the steps' losses since the last evaluation
 * @param intervalSteps steps since the last evaluation
 * @param duration time spent in steps and evaluations
 */
public record RunTotals(double firstLoss, double lastLoss, double intervalLoss, long intervalSteps, Duration duration) {

    /** Before the first step. */
    public static final RunTotals NONE = new RunTotals(Double.NaN, Double.NaN, 0, 0, Duration.ZERO);

    RunTotals step(double loss, Duration took) {
        return new RunTotals(firstLoss, lastLoss, intervalLoss + loss, intervalSteps + 1, duration.plus(took));
    }

    RunTotals logged(double loss) {
        return new RunTotals(Double.isNaN(firstLoss) ? loss : firstLoss, loss, intervalLoss, intervalSteps, duration);
    }

    RunTotals evaluated(Duration took) {
        return new RunTotals(firstLoss, lastLoss, 0, 0, duration.plus(took));
    }

    /** Mean training loss since the last evaluation, in nats a token. */
    double meanLoss() {
        return intervalSteps == 0 ? lastLoss : intervalLoss / intervalSteps;
    }
}
