package io.minigpt.registry.http;

import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.registry.store.QuestionRuns.QuestionRun;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A file of questions and where it stands. */
@Schema(name = "QuestionRun")
record QuestionRunView(
        @Schema(description = "Evaluation run that answers it")
        String runId,

        @Schema(description = "How many questions") int questions,

        @Schema(
                description = "Where it stands",
                enumeration = {"waiting", "succeeded", "failed"})
        String state,

        @Schema(description = "Why it failed", nullable = true)
        String reason,

        @Schema(description = "When it came") Instant requestedAt) {

    static QuestionRunView of(QuestionRun run) {
        String state = run.finished()
                .map(end -> end.getOutcome() == Outcome.OUTCOME_SUCCEEDED ? "succeeded" : "failed")
                .orElse("waiting");
        String reason = run.finished()
                .map(EvaluationFinished::getReason)
                .filter(text -> !text.isEmpty())
                .orElse(null);
        return new QuestionRunView(run.runId(), run.questions(), state, reason, run.requestedAt());
    }
}
