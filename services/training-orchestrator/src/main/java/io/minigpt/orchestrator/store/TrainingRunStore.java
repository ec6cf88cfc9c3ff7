package io.minigpt.orchestrator.store;

import io.minigpt.orchestrator.TrainingRun;
import io.minigpt.platform.database.Columns;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.proto.training.v1.TrainingStarted;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Training runs as rows. */
@Singleton
public class TrainingRunStore extends WorkerRunStore<TrainingRun> {

    TrainingRunStore(RunHistory history) {
        super(history, "training_run", "version", "lease", "start_step");
    }

    /** Notes a request; a run that is known already keeps what is known of it. */
    public void requested(Handle transaction, TrainingRequested request) {
        requested(transaction, TrainingRun.of(request, Columns.now(transaction)));
    }

    @Override
    TrainingRun unknown(String id, Instant at) {
        return TrainingRun.unknown(id, at);
    }

    @Override
    List<Object> own(TrainingRun run) {
        return List.of(run.version(), run.lease(), run.started().getStartStep());
    }

    @Override
    TrainingRun run(ResultSet row) throws SQLException {
        return new TrainingRun(
                row.getString("id"),
                Columns.instant(row, "created_at"),
                Rows.state(row),
                Columns.message(row.getBytes("requested"), TrainingRequested.getDefaultInstance()),
                Columns.message(row.getBytes("started"), TrainingStarted.getDefaultInstance()),
                Columns.message(row.getBytes("finished"), TrainingFinished.getDefaultInstance()),
                row.getInt("version"));
    }
}
