package io.minigpt.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingPaused;
import io.minigpt.proto.training.v1.TrainingQueued;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.proto.training.v1.TrainingStarted;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrainingRunTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final TrainingRun asked =
            TrainingRun.of(TrainingRequested.newBuilder().setRunId("run").build(), AT);

    @Test
    void whatALostWorkerSaysIsRefused() {
        TrainingRun taken = asked.started(started(1), AT).started(started(2), AT);

        assertThat(taken.started(started(1), AT)).isEqualTo(taken);
        assertThat(taken.paused(paused(1))).isEqualTo(taken);
        assertThat(taken.queued(queued(1))).isEqualTo(taken);
        assertThat(taken.finished(finished(1, Outcome.OUTCOME_SUCCEEDED), AT)).isEqualTo(taken);
    }

    @Test
    void aRunIsHeldBackAndWaitsAgain() {
        TrainingRun held = asked.started(started(1), AT).paused(paused(1));

        assertThat(held.state()).isInstanceOf(RunState.Paused.class);
        assertThat(held.state().reason()).contains("the device is needed");
        assertThat(held.paused(paused(1))).isEqualTo(held);
        assertThat(held.queued(queued(1)).state()).isEqualTo(new RunState.Pending());
        assertThat(held.queued(queued(1)).started(started(2), AT).state()).isEqualTo(new RunState.Running(AT));
    }

    @Test
    void aRunThatIsTriedAgainForgetsItsEarlierEnd() {
        TrainingRun failed = asked.started(started(3), AT).finished(finished(3, Outcome.OUTCOME_FAILED), AT);

        TrainingRun again = failed.retried();

        assertThat(again.state()).isEqualTo(new RunState.Pending());
        // what was said before comes a second time
        assertThat(again.started(started(3), AT)).isEqualTo(again);
        assertThat(again.finished(finished(3, Outcome.OUTCOME_FAILED), AT)).isEqualTo(again);
        assertThat(again.started(started(5), AT)
                        .finished(finished(5, Outcome.OUTCOME_SUCCEEDED), AT)
                        .state())
                .isInstanceOf(RunState.Succeeded.class);
    }

    @Test
    void onlyARunThatDidNotReachItsEndIsTriedAgain() {
        assertThatThrownBy(asked::retried)
                .isInstanceOf(IllegalTransitionException.class)
                .hasMessage("a run that is pending cannot be retried");
        assertThatThrownBy(asked.finished(finished(1, Outcome.OUTCOME_SUCCEEDED), AT)::retried)
                .isInstanceOf(IllegalTransitionException.class);
    }

    @Test
    void aRunIsCancelledBeforeItBeginsAndWhileItIsHeldBack() {
        TrainingFinished cancelled = finished(0, Outcome.OUTCOME_CANCELLED);

        assertThat(asked.finished(cancelled, AT).state().startedAt()).isEmpty();
        assertThat(asked.paused(paused(0)).finished(cancelled, AT).state()).isInstanceOf(RunState.Cancelled.class);
    }

    private static TrainingStarted started(long lease) {
        return TrainingStarted.newBuilder().setRunId("run").setLease(lease).build();
    }

    private static TrainingPaused paused(long lease) {
        return TrainingPaused.newBuilder()
                .setRunId("run")
                .setLease(lease)
                .setReason("the device is needed")
                .build();
    }

    private static TrainingQueued queued(long lease) {
        return TrainingQueued.newBuilder().setRunId("run").setLease(lease).build();
    }

    private static TrainingFinished finished(long lease, Outcome outcome) {
        return TrainingFinished.newBuilder()
                .setRunId("run")
                .setLease(lease)
                .setOutcome(outcome)
                .setReason("why")
                .build();
    }
}
