package io.minigpt.augmentation.http;

import io.minigpt.augmentation.Counts;
import io.minigpt.augmentation.ParentSource;
import io.minigpt.augmentation.Run;
import io.minigpt.augmentation.store.RunQueries;
import io.minigpt.platform.jobs.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A run with what it has done so far. */
@Schema(name = "AugmentationRun")
public record RunAnswer(
        String id,
        String corpus,
        List<String> sources,

        @Schema(description = "Variants wanted of each question")
        int wanted,

        String promptVersion,
        String teacher,
        String teacherVersion,

        @Schema(description = "waiting, running, succeeded, failed or cancelled")
        String state,

        @Schema(description = "Why it failed or was cancelled")
        String reason,

        @Schema(description = "What it waits for") List<Input> waitingFor,
        Questions questions,
        Variants variants,

        @Schema(description = "Calls of the teacher by this run")
        long teacherCalls,

        @Schema(description = "Revision of the variant stream when it ended")
        Long output,

        Instant createdAt,
        Instant startedAt,
        Instant finishedAt) {

    /** An input of which not everything has arrived. */
    @Schema(name = "AugmentationInput")
    public record Input(String stream, long have, long expected) {}

    /** Questions of the run; {@code missing} counts those with fewer variants than wanted after the last attempt. */
    public record Questions(long total, long done, long reused, long failed, long missing) {}

    /** Variants of the run's questions. */
    public record Variants(long accepted, Map<String, Long> rejected, long published, long retracted) {}

    static RunAnswer of(RunQueries.View view) {
        Run run = view.run();
        Counts counts = view.counts();
        return new RunAnswer(
                run.id(),
                run.corpus(),
                run.sources().stream().map(ParentSource::text).toList(),
                run.variants(),
                run.promptVersion(),
                run.teacher(),
                run.teacherVersion(),
                run.state().name(),
                run.state().reason(),
                waitingFor(view.beginning()),
                new Questions(counts.total(), counts.done(), counts.reused(), counts.failed(), counts.missing()),
                new Variants(counts.variants(), counts.rejected(), counts.generated(), counts.retracted()),
                counts.calls(),
                run.output(),
                run.createdAt(),
                run.startedAt(),
                run.finishedAt());
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
}
