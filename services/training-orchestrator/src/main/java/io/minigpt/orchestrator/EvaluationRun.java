package io.minigpt.orchestrator;

import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.EvaluationProgressed;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.EvaluationStarted;
import java.time.Instant;

/**
 * An evaluation, as far as it is known; messages that have not arrived are empty.
 *
 * @param id the run
 * @param createdAt when it was first heard of
 * @param state where it stands
 * @param requested what was asked for; empty if somebody else asked
 * @param started the newest start
 * @param progressed the newest progress
 * @param finished its end
 */
public record EvaluationRun(
        String id,
        Instant createdAt,
        RunState state,
        EvaluationRequested requested,
        EvaluationStarted started,
        EvaluationProgressed progressed,
        EvaluationFinished finished)
        implements WorkerRun {

    /** An evaluation that was asked for. */
    public static EvaluationRun of(EvaluationRequested requested, Instant at) {
        return new EvaluationRun(
                requested.getRunId(),
                at,
                new RunState.Pending(),
                requested,
                EvaluationStarted.getDefaultInstance(),
                EvaluationProgressed.getDefaultInstance(),
                EvaluationFinished.getDefaultInstance());
    }

    /** An evaluation of which only the id is known. */
    public static EvaluationRun unknown(String id, Instant at) {
        return of(EvaluationRequested.newBuilder().setRunId(id).build(), at);
    }

    /** A worker took it; an older lease than the known one changes nothing. */
    public EvaluationRun started(EvaluationStarted message, Instant at) {
        if (state.ended() || message.getLease() < started.getLease()) {
            return this;
        }
        return new EvaluationRun(id, createdAt, running(at), requested, message, progressed, finished);
    }

    /** It answered more items. */
    public EvaluationRun progressed(EvaluationProgressed message, Instant at) {
        if (state.ended()) {
            return this;
        }
        return new EvaluationRun(id, createdAt, running(at), requested, started, message, finished);
    }

    /** It ended; only the first end counts. */
    public EvaluationRun finished(EvaluationFinished message, Instant at) {
        if (state.ended()) {
            return this;
        }
        RunState ended = running(at).end(message.getOutcome(), at, message.getReason());
        return new EvaluationRun(id, createdAt, ended, requested, started, progressed, message);
    }

    @Override
    public long lease() {
        return started.getLease();
    }

    private RunState running(Instant at) {
        return state instanceof RunState.Pending ? state.start(at) : state;
    }
}
