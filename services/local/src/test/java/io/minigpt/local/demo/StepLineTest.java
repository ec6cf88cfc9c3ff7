package io.minigpt.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.local.demo.PipelineRun.Step;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StepLineTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final StepRate rate = new StepRate();

    @Test
    void showsABarTheRateAndTheTimeLeftWhileAStepRuns() throws Exception {
        // Given
        rate.observe(START, 100);
        rate.observe(START.plusSeconds(10), 300);
        Step step = step("pretrain", "running", "steps", 300, 1200, "{\"loss\": 4.56789, \"validationLoss\": 4.7}");

        // When
        String line = StepLine.withBar(step, rate, START.plusSeconds(10));

        // Then
        assertThat(line)
                .isEqualTo("▸ pretrain           █████░░░░░░░░░░░░░░░  300/1,200 steps  20.0/s  0:45 left"
                        + "  loss 4.568, validation 4.700");
    }

    @Test
    void showsNoRateBeforeOneIsKnown() throws Exception {
        // Given
        rate.observe(START, 0);
        Step step = step("generate", "running", "documents", 0, 130, "{}");

        // When
        String line = StepLine.plain(step, rate, START);

        // Then
        assertThat(line).isEqualTo("generate           running    0/130 documents");
    }

    @Test
    void showsTheTimeAndTheFiguresOfAStepThatEnded() throws Exception {
        // Given
        Step step = step(
                "generate",
                "succeeded",
                "documents",
                130,
                130,
                "{\"pairs\": 1412, \"reused\": 0, \"teacherCalls\": 130}");

        // When
        String line = StepLine.plain(step, rate, START.plusSeconds(999));

        // Then
        assertThat(line)
                .isEqualTo("generate           succeeded  130/130 documents  in 1:05  1,412 pairs, 130 teacher calls");
    }

    @Test
    void showsTheReasonOfAFailure() throws Exception {
        // Given
        Step step = new Step(
                "augment",
                "failed",
                "r",
                "questions",
                3,
                60,
                "the teacher is away",
                START,
                START.plusSeconds(65),
                null);

        // When
        String line = StepLine.plain(step, rate, START.plusSeconds(999));

        // Then
        assertThat(line).isEqualTo("augment            failed     3/60 questions  in 1:05  the teacher is away");
    }

    private static Step step(String name, String state, String unit, long done, long total, String details)
            throws Exception {
        JsonNode figures = new ObjectMapper().readTree(details);
        Instant end = state.equals("running") ? null : START.plusSeconds(65);
        return new Step(name, state, "run", unit, done, total, null, START, end, figures);
    }
}
