package io.minigpt.qageneration.http;

import io.minigpt.qageneration.GenerationScope;
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
import java.util.TreeMap;
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

        @Schema(description = "Only so many documents, named one by one; null for all", nullable = true)
        Integer namedDocuments,

        @Schema(description = "Only documents that this run did not have, or had with another text; empty for all")
        String sinceRunId,

        @Schema(description = "Pairs about every sentence; 0 for the configured number a passage")
        int questionsPerSentence,

        @Schema(description = "all or first") String passages,

        @Schema(description = "waiting, running, paused, succeeded, failed or cancelled")
        String state,

        @Schema(description = "Why it is paused, failed or was cancelled")
        String reason,

        @Schema(description = "What it waits for") List<WaitingInput> waitingFor,

        @Schema(description = "Since when and why its teacher is left alone; null while it takes calls")
        TeacherPause teacherPause,

        Documents documents,
        Pairs pairs,
        Spent teaching,

        @Schema(description = "Calls that brought no reply, those that were made again included, by why")
        List<Failure> failures,

        @Schema(description = "Revision of the pair stream when it ended")
        Long output,

        Instant createdAt,
        Instant startedAt,
        Instant finishedAt,

        @Schema(description = "Time at work, pauses left out")
        Long elapsedMillis,

        @Schema(description = "Time that it will still take at the speed so far; null if that cannot be told")
        Long remainingMillis) {

    /** Documents of the run. */
    public record Documents(long total, long done, long reused, long failed) {}

    /** Pairs of the run's documents. */
    public record Pairs(
            long accepted,

            @Schema(description = "Share of this run's pairs that were accepted, 0 to 1; null if it made none")
            Double acceptanceRate,

            @Schema(description = "Refused pairs by reason") Map<String, Long> rejected,

            @Schema(description = "Shares of this run's pairs that were refused, by reason")
            Map<String, Double> rejectionRates,

            long published,
            long retracted) {

        static Pairs of(Counts counts) {
            long seen = counts.made()
                    + counts.rejected().values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
            Map<String, Double> rates = new TreeMap<>();
            counts.rejected().forEach((reason, count) -> rates.put(reason, (double) count / seen));
            return new Pairs(
                    counts.results(),
                    seen == 0 ? null : (double) counts.made() / seen,
                    counts.rejected(),
                    rates,
                    counts.generated(),
                    counts.retracted());
        }
    }

    static RunAnswer of(RunView<GenerationScope> view, List<Failure> failures) {
        Run<GenerationScope> run = view.run();
        GenerationScope scope = run.scope();
        Counts counts = view.counts();
        Instant now = Instant.now();
        return new RunAnswer(
                run.id(),
                run.corpus(),
                scope.prompt(),
                run.promptVersion(),
                run.teacher(),
                run.teacherVersion(),
                scope.documents().first(),
                scope.documents().named().map(List::size).orElse(null),
                scope.documents().sinceRun(),
                scope.depth().perSentence(),
                scope.depth().firstPassageOnly() ? "first" : "all",
                run.state().name(),
                run.state().reason(),
                WaitingInput.of(view.beginning()),
                TeacherPause.of(view),
                new Documents(counts.total(), counts.ended() - counts.failed(), counts.reused(), counts.failed()),
                Pairs.of(counts),
                Spent.of(run, counts.teaching()),
                failures,
                run.output(),
                run.times().createdAt(),
                run.times().startedAt(),
                run.times().finishedAt(),
                run.times().startedAt() == null ? null : run.times().active(now).toMillis(),
                view.remaining(now).map(Duration::toMillis).orElse(null));
    }
}
