package io.minigpt.worker;

import io.minigpt.gpt.configuration.CheckpointSelection;
import io.minigpt.proto.training.v1.StepMeasured;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingStarted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a training run leaves behind and tells the world, under its lease. Run id, lease, worker and what the request
 * says are filled in here. Whatever writes fails once another worker has the run.
 */
public interface TrainingJournal {

    /** Complete checkpoints of the run, in ascending order of step. */
    List<StoredCheckpoint> checkpoints();

    /** Tells that this worker took the run. */
    void started(TrainingStarted.Builder started);

    /** Sends a step's figures, which may get lost. */
    void measured(StepMeasured.Builder measured);

    /** Stores the files of a folder as a checkpoint, tells of it, and removes the checkpoints no longer kept. */
    void checkpointed(Path folder, NewCheckpoint checkpoint) throws IOException;

    /** Ends the run as succeeded, with its checkpoints as the selection says, and removes the others. */
    void finished(TrainingFinished.Builder finished, CheckpointSelection selection) throws IOException;

    /** Returns unless somebody asked to stop the run or another worker has it; then it throws. */
    void checkCancelled();

    /** Whether somebody asked to hold the run back, so that it should be saved and put down. Once true it stays so. */
    boolean pausing();

    /** Ends this worker's part: nobody works on the run until it is resumed. @param step of its newest checkpoint */
    void paused(long step);

    /** Whether this worker is about to stop, so that the run should be saved and handed back. */
    boolean draining();

    /** Ends this worker's part by throwing; another one goes on from the newest checkpoint. */
    void handBack();
}
