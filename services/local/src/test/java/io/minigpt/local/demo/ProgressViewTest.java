package io.minigpt.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.local.demo.PipelineRun.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressViewTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);

    @Test
    void drawsTheLinesOfATerminalInPlaceAndNotWiderThanIt() {
        // Given
        TerminalProgress progress = new TerminalProgress(out, 50);
        progress.show(run("running", 1), START);
        output.reset();

        // When
        progress.show(run("running", 2), START.plusSeconds(1));

        // Then: two lines up, and both again
        assertThat(text())
                .isEqualTo("\u001b[2A\r\u001b[2K▸ generate           ████░░░░░░░░░░░░░░░░  2/10 d\n"
                        + "\r\u001b[2K· augment\n");
    }

    @Test
    void writesAPlainLineOnAChangeAndThenEveryFewSeconds() {
        // Given
        PlainProgress progress = new PlainProgress(out);

        // When
        progress.show(run("running", 0), START);
        progress.show(run("running", 1), START.plusSeconds(1));
        progress.show(run("running", 6), START.plusSeconds(12));
        progress.show(run("succeeded", 10), START.plusSeconds(13));
        progress.show(run("succeeded", 10), START.plusSeconds(30));

        // Then
        assertThat(text().lines())
                .containsExactly(
                        "generate           running    0/10 documents",
                        "generate           running    6/10 documents  0.5/s  0:08 left",
                        "generate           succeeded  10/10 documents  in 0:13");
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private static PipelineRun run(String state, long done) {
        Instant end = state.equals("running") ? null : START.plusSeconds(13);
        return new PipelineRun(
                "r",
                "samples",
                "running",
                null,
                START,
                null,
                List.of(
                        new Step("generate", state, "r-generate-1", "documents", done, 10, null, START, end, null),
                        new Step("augment", "pending", null, "questions", 0, 0, null, null, null, null)),
                List.of());
    }
}
