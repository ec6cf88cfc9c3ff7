package io.minigpt.worker;

import java.util.Optional;

/**
 * A checkpoint to be stored.
 *
 * @param step steps done
 * @param scheduled whether it ends an interval; false if it was written because the worker stops
 * @param validation its validation figures, if it is scheduled and there is validation data
 * @param examination what it said, if it is scheduled
 * @param trainLoss mean training loss since the last evaluation, in nats a token
 * @param totals the run's sums up to its step
 */
public record NewCheckpoint(
        long step,
        boolean scheduled,
        Optional<Validation> validation,
        Examination examination,
        double trainLoss,
        RunTotals totals) {}
