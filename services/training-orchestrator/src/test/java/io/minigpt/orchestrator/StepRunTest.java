package io.minigpt.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StepRunTest {

    @Test
    void readsBackTheIdOfEveryStep() {
        for (StepName name : StepName.values()) {
            StepRun run = new StepRun("0abc-evaluate-1", name, 12);

            assertThat(StepRun.parse(run.id())).contains(run);
        }
    }

    @Test
    void otherIdsBelongToNoPipeline() {
        assertThat(StepRun.parse("training-01abc")).isEmpty();
        assertThat(StepRun.parse("p-generate-0")).isEmpty();
        assertThat(StepRun.parse("p-dream-1")).isEmpty();
        assertThat(StepRun.parse("-generate-1")).isEmpty();
    }

    @Test
    void idsOfRunsSortByTheirTime() {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(RunIds.next(time)).isLessThan(RunIds.next(time.plusMillis(1)));
        assertThat(RunIds.next(time)).isNotEqualTo(RunIds.next(time)).matches("[0-9a-z]{15}");
    }
}
