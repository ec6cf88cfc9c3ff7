package io.minigpt.qageneration.http;

import io.minigpt.platform.jobs.JobState;
import io.minigpt.qageneration.Counts;
import io.minigpt.qageneration.Run;
import io.minigpt.qageneration.store.RunQueries;
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

        @Schema(description = "What it waits for") List<Input> waitingFor,
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

    /** An input of which not everything has arrived. */
    public record Input(String stream, long have, long expected) {}

    /** Documents of the run. */
    public record Documents(long total, long done, long reused, long failed) {}

    /** Pairs of the run's documents. */
    public record Pairs(long accepted, Map<String, Long> rejected, long published, long retracted) {}

    /** What it cost. */
    public record Teaching(long calls, long tokensIn, long tokensOut) {}

    static RunAnswer of(RunQueries.View view) {
        Run run = view.run();
        Counts counts = view.counts();
        return new RunAnswer(
                run.id(),
                run.corpus(),
                run.prompt(),
                run.promptVersion(),
                run.teacher(),
                run.teacherVersion(),
                run.maxDocuments(),
                run.state().name(),
                run.state().reason(),
                waitingFor(view.beginning()),
                new Documents(counts.total(), counts.done(), counts.reused(), counts.failed()),
                new Pairs(counts.pairs(), counts.rejected(), counts.generated(), counts.retracted()),
                new Teaching(counts.calls(), counts.tokensIn(), counts.tokensOut()),
                run.output(),
                run.createdAt(),
                run.startedAt(),
                run.finishedAt(),
                elapsed(run));
    }

    private static List<Input> waitingFor(JobState state) {
        if (!(state instanceof JobState.WaitingForInputs(List<JobState.Input> inputs))) {
            return List.of();
        }
        return inputs.stream()
                .map(input -> new Input(
                        input.expected().getStream(),
                        input.have(),
                        input.expected().getRevision()))
                .toList();
    }

    private static Long elapsed(Run run) {
        if (run.startedAt() == null) {
            return null;
        }
        Instant end = run.finishedAt() == null ? Instant.now() : run.finishedAt();
        return Duration.between(run.startedAt(), end).toMillis();
    }
}
