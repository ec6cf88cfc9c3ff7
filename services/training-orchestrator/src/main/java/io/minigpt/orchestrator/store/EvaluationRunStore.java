package io.minigpt.orchestrator.store;

import io.minigpt.orchestrator.EvaluationRun;
import io.minigpt.platform.database.Columns;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.EvaluationProgressed;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.EvaluationStarted;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Evaluations as rows. */
@Singleton
public class EvaluationRunStore extends WorkerRunStore<EvaluationRun> {

    EvaluationRunStore(RunHistory history) {
        super(history, "evaluation_run", "progressed");
    }

    /** Notes a request; a run that is known already keeps what is known of it. */
    public void requested(Handle transaction, EvaluationRequested request) {
        requested(transaction, EvaluationRun.of(request, Columns.now(transaction)));
    }

    @Override
    EvaluationRun unknown(String id, Instant at) {
        return EvaluationRun.unknown(id, at);
    }

    @Override
    List<Object> own(EvaluationRun run) {
        return List.of(run.progressed().toByteArray());
    }

    @Override
    EvaluationRun run(ResultSet row) throws SQLException {
        return new EvaluationRun(
                row.getString("id"),
                Columns.instant(row, "created_at"),
                Rows.state(row),
                Columns.message(row.getBytes("requested"), EvaluationRequested.getDefaultInstance()),
                Columns.message(row.getBytes("started"), EvaluationStarted.getDefaultInstance()),
                Columns.message(row.getBytes("progressed"), EvaluationProgressed.getDefaultInstance()),
                Columns.message(row.getBytes("finished"), EvaluationFinished.getDefaultInstance()));
    }
}
