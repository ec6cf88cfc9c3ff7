package io.minigpt.qageneration.http;

import io.minigpt.qageneration.GenerationScope;
import io.minigpt.teacher.http.WaitingInput;
import io.minigpt.teacher.run.Counts;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A run with what it has done so far. */
@Schema(name = "GenerationRun")
public record RunAnswer(
        String id,
        String corpus,
        String prompt,
        String promptVersion,
        String teacher,
        String teacherVersion,

        @Schema(description = "Only the first so many documents; 0 for all")
        long maxDocuments,

        @Schema(description = "waiting, running, succeeded, failed or cancelled")
        String state,

        @Schema(description = "Why it failed or was cancelled")
        String reason,

        @Schema(description = "What it waits for") List<WaitingInput> waitingFor,
        Documents documents,
        Pairs pairs,
        Teaching teaching,

        @Schema(description = "Revision of the pair stream when it ended")
        Long output,

        Instant createdAt,
        Instant startedAt,
        Instant finishedAt,

        @Schema(description = "Time since it started, until it ended")
        Long elapsedMillis) {

    /** Documents of the run. */
    public record Documents(long total, long done, long reused, long failed) {}

    /** Pairs of the run's documents. */
    public record Pairs(long accepted, Map<String, Long> rejected, long published, long retracted) {}

    /** What it cost. */
    public record Teaching(long calls, long tokensIn, long tokensOut) {}

    static RunAnswer of(RunView<GenerationScope> view) {
        Run<GenerationScope> run = view.run();
        Counts counts = view.counts();
        return new RunAnswer(
                run.id(),
                run.corpus(),
                run.scope().prompt(),
                run.promptVersion(),
                run.teacher(),
                run.teacherVersion(),
                run.scope().maxDocuments(),
                run.state().name(),
                run.state().reason(),
                WaitingInput.of(view.beginning()),
                new Documents(counts.total(), counts.ended() - counts.failed(), counts.reused(), counts.failed()),
                new Pairs(counts.results(), counts.rejected(), counts.generated(), counts.retracted()),
                new Teaching(counts.calls(), counts.tokensIn(), counts.tokensOut()),
                run.output(),
                run.createdAt(),
                run.startedAt(),
                run.finishedAt(),
                elapsed(run));
    }

    private static Long elapsed(Run<GenerationScope> run) {
        if (run.startedAt() == null) {
            return null;
        }
        Instant end = run.finishedAt() == null ? Instant.now() : run.finishedAt();
        return Duration.between(run.startedAt(), end).toMillis();
    }
}
