package io.minigpt.augmentation.http;

import io.minigpt.augmentation.AugmentationScope;
import io.minigpt.augmentation.ParentSource;
import io.minigpt.augmentation.Recipe;
import io.minigpt.teacher.calls.FailedCalls.Failure;
import io.minigpt.teacher.http.Spent;
import io.minigpt.teacher.http.TeacherPause;
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
@Schema(name = "AugmentationRun")
public record RunAnswer(
        String id,
        String corpus,
        List<String> sources,

        List<String> recipes,

        @Schema(description = "Variants wanted of each question by each recipe")
        int wanted,

        String promptVersion,
        String teacher,
        String teacherVersion,

        @Schema(description = "waiting, running, paused, succeeded, failed or cancelled")
        String state,

        @Schema(description = "Why it is paused, failed or was cancelled")
        String reason,

        @Schema(description = "What it waits for") List<WaitingInput> waitingFor,

        @Schema(description = "Since when and why its teacher is left alone; null while it takes calls")
        TeacherPause teacherPause,

        Questions questions,
        Variants variants,

        @Schema(description = "Calls of the teacher by this run")
        long teacherCalls,

        Spent teaching,

        @Schema(description = "Calls that brought no reply, those that were made again included, by why")
        List<Failure> failures,

        @Schema(description = "Revision of the variant stream when it ended")
        Long output,

        Instant createdAt,
        Instant startedAt,
        Instant finishedAt,

        @Schema(description = "Time that it will still take at the speed so far; null if that cannot be told")
        Long remainingMillis) {

    /** Questions of the run; {@code missing} counts those with fewer variants than wanted after the last attempt. */
    public record Questions(long total, long done, long reused, long failed, long missing) {}

    /** Variants of the run's questions. */
    public record Variants(long accepted, Map<String, Long> rejected, long published, long retracted) {}

    static RunAnswer of(RunView<AugmentationScope> view, List<Failure> failures) {
        Run<AugmentationScope> run = view.run();
        Counts counts = view.counts();
        return new RunAnswer(
                run.id(),
                run.corpus(),
                run.scope().sources().stream().map(ParentSource::text).toList(),
                run.scope().recipes().stream().map(Recipe::text).toList(),
                run.scope().variants(),
                run.promptVersion(),
                run.teacher(),
                run.teacherVersion(),
                run.state().name(),
                run.state().reason(),
                WaitingInput.of(view.beginning()),
                TeacherPause.of(view),
                new Questions(counts.total(), counts.ended(), counts.reused(), counts.failed(), counts.missing()),
                new Variants(counts.results(), counts.rejected(), counts.generated(), counts.retracted()),
                counts.teaching().calls(),
                Spent.of(run, counts.teaching()),
                failures,
                run.output(),
                run.times().createdAt(),
                run.times().startedAt(),
                run.times().finishedAt(),
                view.remaining(Instant.now()).map(Duration::toMillis).orElse(null));
    }
}
