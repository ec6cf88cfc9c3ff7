package io.minigpt.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RunStateTest {

    @Test
    void aRunStartsAndSucceeds() {
        RunState running = new RunState.Waiting().started();

        assertThat(running.ended()).isFalse();
        assertThat(running.succeeded().ended()).isTrue();
    }

    @Test
    void whatHasEndedDoesNotChange() {
        RunState cancelled = new RunState.Waiting().cancelled("enough");

        assertThatThrownBy(() -> cancelled.failed("late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a run that is cancelled cannot fail");
        assertThatThrownBy(cancelled::started).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyStateSurvivesItsName() {
        for (RunState state : new RunState[] {
            new RunState.Waiting(),
            new RunState.Running(),
            new RunState.Succeeded(),
            new RunState.Failed("why"),
            new RunState.Cancelled("why")
        }) {
            assertThat(RunState.of(state.name(), state.reason())).isEqualTo(state);
        }
    }
}
