package io.minigpt.orchestrator;

import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.proto.training.v1.TrainingStarted;
import java.time.Instant;

/**
 * A training run, as far as it is known; messages that have not arrived are empty.
 *
 * @param id the run
 * @param createdAt when it was first heard of
 * @param state where it stands
 * @param requested what was asked for; empty if somebody else asked
 * @param started the newest start
 * @param finished its end
 * @param version the version registered for the checkpoint that it selected; 0 if none yet
 */
public record TrainingRun(
        String id,
        Instant createdAt,
        RunState state,
        TrainingRequested requested,
        TrainingStarted started,
        TrainingFinished finished,
        int version)
        implements WorkerRun {

    /** A run that was asked for. */
    public static TrainingRun of(TrainingRequested requested, Instant at) {
        return new TrainingRun(
                requested.getRunId(),
                at,
                new RunState.Pending(),
                requested,
                TrainingStarted.getDefaultInstance(),
                TrainingFinished.getDefaultInstance(),
                0);
    }

    /** A run of which only the id is known. */
    public static TrainingRun unknown(String id, Instant at) {
        return of(TrainingRequested.newBuilder().setRunId(id).build(), at);
    }

    /** A worker took it; an older lease than the known one changes nothing. */
    public TrainingRun started(TrainingStarted message, Instant at) {
        if (state.ended() || message.getLease() < lease()) {
            return this;
        }
        RunState running = state instanceof RunState.Pending ? state.start(at) : state;
        return new TrainingRun(id, createdAt, running, requested, message, finished, version);
    }

    /** Number of the newest lease heard of; what a lower one says is refused. */
    public long lease() {
        return Math.max(started.getLease(), finished.getLease());
    }

    /** It ended; only the first end counts, and none that a lost worker tells of. */
    public TrainingRun finished(TrainingFinished message, Instant at) {
        if (state.ended() || message.getLease() < lease()) {
            return this;
        }
        RunState running = state instanceof RunState.Pending ? state.start(at) : state;
        RunState ended = running.end(message.getOutcome(), at, message.getReason());
        return new TrainingRun(id, createdAt, ended, requested, started, message, version);
    }

    /** The registry gave the selected checkpoint a version. */
    public TrainingRun registered(int number) {
        return new TrainingRun(id, createdAt, state, requested, started, finished, number);
    }
}
