package io.minigpt.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunStateTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-01-01T00:01:00Z");
    private static final List<RunState> ENDS = List.of(
            new RunState.Succeeded(FIRST, SECOND),
            new RunState.Failed(FIRST, SECOND, "broken"),
            new RunState.Cancelled(Optional.of(FIRST), SECOND, "unwanted"));

    @Test
    void anEndedRunGoesNowhereButToItsNextAttempt() {
        for (RunState end : ENDS) {
            assertThatThrownBy(() -> end.start(SECOND)).isInstanceOf(IllegalTransitionException.class);
            assertThatThrownBy(() -> end.succeed(SECOND)).isInstanceOf(IllegalTransitionException.class);
            assertThatThrownBy(() -> end.fail(SECOND, "x")).isInstanceOf(IllegalTransitionException.class);
            assertThatThrownBy(() -> end.cancel(SECOND, "x")).isInstanceOf(IllegalTransitionException.class);
            assertThat(end.again()).isEqualTo(new RunState.Pending());
        }
    }

    @Test
    void aPendingRunCanOnlyStartOrBeCancelled() {
        RunState pending = new RunState.Pending();

        assertThat(pending.start(FIRST)).isEqualTo(new RunState.Running(FIRST));
        assertThat(pending.cancel(FIRST, "unwanted"))
                .isEqualTo(new RunState.Cancelled(Optional.empty(), FIRST, "unwanted"));
        assertThatThrownBy(() -> pending.succeed(FIRST))
                .isInstanceOf(IllegalTransitionException.class)
                .hasMessage("a run that is pending cannot succeed");
        assertThatThrownBy(() -> pending.fail(FIRST, "x")).isInstanceOf(IllegalTransitionException.class);
        assertThatThrownBy(pending::queue).isInstanceOf(IllegalTransitionException.class);
        assertThatThrownBy(pending::again).isInstanceOf(IllegalTransitionException.class);
    }

    @Test
    void aRunThatIsHeldBackWaitsAgainOrIsCancelled() {
        RunState paused = new RunState.Running(FIRST).pause("the device is needed");

        assertThat(paused).isEqualTo(new RunState.Paused(Optional.of(FIRST), "the device is needed"));
        assertThat(paused.ended()).isFalse();
        assertThat(paused.queue()).isEqualTo(new RunState.Pending());
        assertThat(paused.cancel(SECOND, "unwanted")).isEqualTo(ENDS.get(2));
        assertThatThrownBy(() -> paused.pause("again")).isInstanceOf(IllegalTransitionException.class);
        assertThatThrownBy(() -> paused.start(SECOND)).isInstanceOf(IllegalTransitionException.class);
        assertThatThrownBy(() -> paused.succeed(SECOND)).isInstanceOf(IllegalTransitionException.class);
    }

    @Test
    void everyStateIsReadBackFromItsParts() {
        List<RunState> all = List.of(
                new RunState.Pending(),
                new RunState.Running(FIRST),
                new RunState.Paused(Optional.of(FIRST), "the device is needed"),
                new RunState.Paused(Optional.empty(), "the device is needed"),
                ENDS.get(0),
                ENDS.get(1),
                ENDS.get(2),
                new RunState.Cancelled(Optional.empty(), SECOND, "unwanted"));

        assertThat(all)
                .allSatisfy(state -> assertThat(RunState.of(
                                state.label(),
                                state.startedAt(),
                                state.finishedAt(),
                                state.reason().orElse(null)))
                        .isEqualTo(state));
    }
}
