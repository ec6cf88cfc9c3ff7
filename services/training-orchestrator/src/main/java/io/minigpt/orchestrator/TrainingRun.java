package io.minigpt.orchestrator;

import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingPaused;
import io.minigpt.proto.training.v1.TrainingQueued;
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
        if (isOld(message.getLease())) {
            return this;
        }
        return new TrainingRun(id, createdAt, running(at), requested, message, finished, version);
    }

    /** It is held back. */
    public TrainingRun paused(TrainingPaused message) {
        if (isOld(message.getLease()) || state instanceof RunState.Paused) {
            return this;
        }
        return to(state.pause(message.getReason()));
    }

    /** It waits for a worker again. */
    public TrainingRun queued(TrainingQueued message) {
        if (isOld(message.getLease()) || state instanceof RunState.Pending) {
            return this;
        }
        return to(state.queue());
    }

    /**
     * It is asked for again and goes on from its newest checkpoint.
     *
     * @throws IllegalTransitionException if it has neither failed nor been cancelled
     */
    public TrainingRun retried() {
        return switch (state) {
            case RunState.Failed _, RunState.Cancelled _ -> to(state.again());
            default -> throw new IllegalTransitionException(state, "be retried");
        };
    }

    @Override
    public long lease() {
        return Math.max(started.getLease(), finished.getLease());
    }

    /** It ended; only the first end counts, and none that a lost worker tells of. */
    public TrainingRun finished(TrainingFinished message, Instant at) {
        if (isOld(message.getLease())) {
            return this;
        }
        RunState ended = message.getOutcome() == Outcome.OUTCOME_CANCELLED
                ? state.cancel(at, message.getReason())
                : running(at).end(message.getOutcome(), at, message.getReason());
        return new TrainingRun(id, createdAt, ended, requested, started, message, version);
    }

    /** The registry gave the selected checkpoint a version. */
    public TrainingRun registered(int number) {
        return new TrainingRun(id, createdAt, state, requested, started, finished, number);
    }

    /** Whether it comes from before what is known: a worker that lost the run, or the end of an earlier try. */
    private boolean isOld(long lease) {
        boolean endedBefore = !finished.getRunId().isEmpty() && lease <= finished.getLease();
        return state.ended() || endedBefore || lease < started.getLease();
    }

    private RunState running(Instant at) {
        return switch (state) {
            case RunState.Pending pending -> pending.start(at);
            case RunState.Paused paused -> paused.queue().start(at);
            default -> state;
        };
    }

    private TrainingRun to(RunState next) {
        return new TrainingRun(id, createdAt, next, requested, started, finished, version);
    }
}
