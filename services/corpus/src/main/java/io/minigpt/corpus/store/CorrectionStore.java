package io.minigpt.corpus.store;

import io.minigpt.corpus.CorrectionState;
import io.minigpt.corpus.FlaggedAnswer;
import io.minigpt.corpus.FlaggedAnswers;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Flagged answers that wait to be corrected. */
@ApplicationScoped
public class CorrectionStore implements FlaggedAnswers {

    private final Database database;

    CorrectionStore(Database database) {
        this.database = database;
    }

    /** Keeps a flagged answer; one that is known stays as it is. */
    public void add(Handle transaction, FlaggedAnswer correction) {
        transaction
                .createUpdate("""
                        insert into correction (flag_id, model, version, prompt, answer, temperature, reason, flagged_at)
                        values (:flagId, :model, :version, :prompt, :answer, :temperature, :reason, :flaggedAt)
                        on conflict (flag_id) do nothing
                        """)
                .bind("flagId", correction.flagId())
                .bind("model", correction.model())
                .bind("version", correction.version())
                .bind("prompt", correction.prompt())
                .bind("answer", correction.answer())
                .bind("temperature", correction.temperature())
                .bind("reason", correction.reason())
                .bind("flaggedAt", Timestamp.from(correction.flaggedAt()))
                .execute();
    }

    @Override
    public FlaggedAnswer get(String flagId) {
        return database.read(handle -> handle.createQuery("select * from correction where flag_id = :flagId")
                        .bind("flagId", flagId)
                        .map((row, context) -> row(row))
                        .findOne())
                .orElseThrow(() -> new NotFoundException("correction", flagId));
    }

    @Override
    public void decide(String flagId, FlaggedAnswer.Decision decision) {
        database.run(transaction -> transaction
                .createUpdate("""
                        update correction set state = :state, corpus = :corpus, question = :question,
                               correct = :correct, decided_at = clock_timestamp()
                        where flag_id = :flagId and state = 'open'
                        """)
                .bind("flagId", flagId)
                .bind("state", decision.state().name().toLowerCase(Locale.ROOT))
                .bind("corpus", decision.corpus())
                .bind("question", decision.question())
                .bind("correct", decision.correct())
                .execute());
    }

    /** Corrections before a time, newest first; of one time those after an id. @param state empty for all */
    public List<FlaggedAnswer> list(Optional<CorrectionState> state, Instant before, String afterId, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select * from correction
                        where (:any or state = :state) and (flagged_at < :before or flagged_at = :before and flag_id > :afterId)
                        order by flagged_at desc, flag_id limit :limit
                        """)
                .bind("any", state.isEmpty())
                .bind(
                        "state",
                        state.map(wanted -> wanted.name().toLowerCase(Locale.ROOT))
                                .orElse(""))
                .bind("before", Timestamp.from(before))
                .bind("afterId", afterId)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list());
    }

    private static FlaggedAnswer row(ResultSet row) throws SQLException {
        return new FlaggedAnswer(
                row.getString("flag_id"),
                row.getString("model"),
                row.getInt("version"),
                row.getString("prompt"),
                row.getString("answer"),
                row.getDouble("temperature"),
                row.getString("reason"),
                row.getTimestamp("flagged_at").toInstant(),
                CorrectionState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("corpus"),
                row.getString("question"),
                row.getString("correct"),
                Optional.ofNullable(row.getTimestamp("decided_at"))
                        .map(Timestamp::toInstant)
                        .orElse(null));
    }
}
