package io.minigpt.registry.store;

import io.minigpt.platform.database.Columns;
import io.minigpt.platform.events.Outbox;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.QuestionFile;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Files of questions that versions are asked: a worker answers them as an evaluation without a dataset version. */
@ApplicationScoped
public class QuestionRuns {

    /** Evaluation set that a file becomes. */
    public static final String SET = "questions";

    /**
     * A file of questions.
     *
     * @param runId evaluation run that answers it
     * @param questions how many
     * @param requestedAt when it came
     * @param finished the end of the evaluation, once it has arrived
     */
    public record QuestionRun(
            String runId, int questions, Instant requestedAt, Optional<EvaluationFinished> finished) {}

    private final VersionStore versions;
    private final Outbox outbox;

    public QuestionRuns(VersionStore versions, Outbox outbox) {
        this.versions = versions;
        this.outbox = outbox;
    }

    /**
     * Asks a version.
     *
     * @param file JSON lines with a question each
     * @param questions how many
     * @param configuration of the evaluation as JSON; empty for the defaults
     */
    public QuestionRun ask(
            Handle transaction, VersionReference version, Artifact file, int questions, String configuration) {
        QuestionRun run = new QuestionRun(
                "questions-" + UUID.randomUUID(), questions, Columns.now(transaction), Optional.empty());
        transaction
                .createUpdate("""
                        insert into question_run (run_id, model, version, questions, requested_at)
                        values (:run, :model, :version, :questions, :at)
                        """)
                .bind("run", run.runId())
                .bind("model", version.model())
                .bind("version", version.version())
                .bind("questions", questions)
                .bind("at", run.requestedAt())
                .execute();
        outbox.publish(
                transaction,
                run.runId(),
                EvaluationRequested.newBuilder()
                        .setRunId(run.runId())
                        .setVersion(versions.message(transaction, version))
                        .setConfiguration(configuration)
                        .addFiles(QuestionFile.newBuilder().setSet(SET).setFile(file))
                        .build());
        return run;
    }

    /** A file that a version was asked. */
    public Optional<QuestionRun> find(Handle transaction, VersionReference version, String runId) {
        return transaction
                .createQuery("""
                        select * from question_run where run_id = :run and model = :model and version = :version
                        """)
                .bind("run", runId)
                .bind("model", version.model())
                .bind("version", version.version())
                .map((row, context) -> new QuestionRun(
                        row.getString("run_id"),
                        row.getInt("questions"),
                        Columns.instant(row, "requested_at"),
                        Optional.ofNullable(row.getBytes("finished"))
                                .map(bytes -> Columns.message(bytes, EvaluationFinished.getDefaultInstance()))))
                .findOne();
    }

    /** Notes the end of an evaluation if it answers a file. */
    void finished(Handle transaction, EvaluationFinished evaluation) {
        transaction
                .createUpdate("update question_run set finished = :message where run_id = :run and finished is null")
                .bind("message", evaluation.toByteArray())
                .bind("run", evaluation.getRunId())
                .execute();
    }
}
