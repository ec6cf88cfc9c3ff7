package io.minigpt.teacher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunStateTest {

    private static final List<RunState> ALL = List.of(
            new RunState.Waiting(),
            new RunState.Running(),
            new RunState.Paused("p"),
            new RunState.Succeeded(),
            new RunState.Failed("f"),
            new RunState.Cancelled("c"));

    @Test
    void goesFromWaitingThroughRunningToItsEnd() {
        RunState end = new RunState.Waiting().started().succeeded();

        assertThat(end).isEqualTo(new RunState.Succeeded());
        assertThat(end.ended()).isTrue();
    }

    @Test
    void isPausedAndResumedWhileItRuns() {
        RunState paused = new RunState.Running().paused("its cap is reached");

        assertThat(paused.reason()).isEqualTo("its cap is reached");
        assertThat(paused.ended()).isFalse();
        assertThat(paused.resumed()).isEqualTo(new RunState.Running());
        assertThat(paused.succeeded()).isEqualTo(new RunState.Succeeded());
        assertThatThrownBy(() -> new RunState.Waiting().paused("x"))
                .hasMessage("a run that is waiting cannot be paused");
        assertThatThrownBy(() -> new RunState.Running().resumed())
                .hasMessage("a run that is running cannot be resumed");
    }

    @Test
    void canFailOrBeCancelledUntilItHasEnded() {
        assertThat(new RunState.Waiting().failed("no teacher")).isEqualTo(new RunState.Failed("no teacher"));
        assertThat(new RunState.Running().cancelled("stop")).isEqualTo(new RunState.Cancelled("stop"));
    }

    @Test
    void refusesOtherTransitions() {
        assertThatThrownBy(() -> new RunState.Running().started()).hasMessage("a run that is running cannot start");
        assertThatThrownBy(() -> new RunState.Waiting().succeeded()).isInstanceOf(IllegalStateException.class);
        ALL.stream().filter(RunState::ended).forEach(state -> {
            assertThatThrownBy(() -> state.failed("x")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> state.cancelled("x")).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void isReadBackFromItsNameAndReason() {
        for (RunState state : ALL) {
            assertThat(RunState.of(state.name(), state.reason())).isEqualTo(state);
        }
    }
}
