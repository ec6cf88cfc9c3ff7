package io.minigpt.registry.store;

import io.minigpt.platform.database.Columns;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Evaluations of versions and what was decided on their figures. */
@ApplicationScoped
public class EvaluationStore {

    /**
     * An evaluation.
     *
     * @param finishedAt when it ended
     * @param result what it found
     */
    public record Evaluation(Instant finishedAt, EvaluationFinished result) {}

    /** Notes an evaluation. @return false if it was noted before */
    boolean add(Handle transaction, EvaluationFinished evaluation, Instant finishedAt) {
        return transaction
                        .createUpdate("""
                                insert into evaluation (run_id, model, version, finished_at, message)
                                values (:run, :model, :version, :at, :message) on conflict do nothing
                                """)
                        .bind("run", evaluation.getRunId())
                        .bind("model", evaluation.getVersion().getModel())
                        .bind("version", evaluation.getVersion().getVersion())
                        .bind("at", finishedAt)
                        .bind("message", evaluation.toByteArray())
                        .execute()
                == 1;
    }

    /** Whether a version has been evaluated later than this. */
    boolean isOutdated(Handle transaction, VersionReference version, Instant finishedAt) {
        return transaction
                .createQuery("""
                        select exists (select 1 from evaluation
                                       where model = :model and version = :version and finished_at > :at)
                        """)
                .bind("model", version.model())
                .bind("version", version.version())
                .bind("at", finishedAt)
                .mapTo(Boolean.class)
                .one();
    }

    /** Evaluations of a version, newest first. */
    public List<Evaluation> of(Handle transaction, VersionReference version) {
        return transaction
                .createQuery("""
                        select finished_at, message from evaluation
                        where model = :model and version = :version
                        order by finished_at desc
                        """)
                .bind("model", version.model())
                .bind("version", version.version())
                .map((row, context) -> new Evaluation(
                        Columns.instant(row, "finished_at"),
                        Columns.message(row.getBytes("message"), EvaluationFinished.getDefaultInstance())))
                .list();
    }
}
