package io.minigpt.worker;

import io.minigpt.proto.training.v1.Checkpoint;

/**
 * A checkpoint that is complete in the artifact store.
 *
 * @param lease the lease that wrote it
 * @param content its step, files and measurements
 * @param scheduled whether it ends an interval; false if it was written because its worker had to stop
 * @param validated whether it has a validation loss
 * @param totals the run's sums up to its step
 */
public record StoredCheckpoint(long lease, Checkpoint content, boolean scheduled, boolean validated, RunTotals totals) {

    /** Steps done. */
    public long step() {
        return content.getStep();
    }
}
