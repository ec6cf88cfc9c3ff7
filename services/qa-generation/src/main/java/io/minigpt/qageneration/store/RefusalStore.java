package io.minigpt.qageneration.store;

import io.minigpt.platform.Ids;
import io.minigpt.qageneration.Findings;
import io.minigpt.qageneration.Refusal;
import io.minigpt.qageneration.Shortfall;
import io.minigpt.qageneration.Subject;
import io.minigpt.teacher.run.Answered;
import io.minigpt.teacher.run.RunSubject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Pairs that a check refused, and passages that were given up. */
@ApplicationScoped
public class RefusalStore {

    /** Keeps refused pairs of documents. */
    public void refuse(Handle transaction, List<Answered<Subject, Findings>> documents) {
        PreparedBatch batch = transaction.prepareBatch("""
                insert into reject (run_id, subject_id, call_id, reason, detail, question, answer)
                values (:run, :document, :call, :reason, :detail, :question, :answer)
                """);
        for (Answered<Subject, Findings> document : documents) {
            for (Refusal refusal : document.findings().refusals()) {
                batch.bind("run", document.subject().runId())
                        .bind("document", document.subject().id())
                        .bind("call", refusal.callId())
                        .bind("reason", refusal.pair().reason().name().toLowerCase(Locale.ROOT))
                        .bind("detail", refusal.pair().detail())
                        .bind("question", refusal.pair().question())
                        .bind("answer", refusal.pair().answer())
                        .add();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** Gives a passage up. */
    public void giveUp(Handle transaction, RunSubject document, Shortfall shortfall) {
        transaction
                .createUpdate("""
                        insert into dead_letter (id, run_id, document_id, document_version, passage_start, passage_end,
                                                 reason, call_ids)
                        values (:id, :run, :document, :version, :start, :end, :reason, :calls)
                        on conflict (id) do nothing
                        """)
                .bind(
                        "id",
                        Ids.of(
                                "dead-letter",
                                document.runId(),
                                document.id(),
                                Integer.toString(shortfall.start()),
                                Integer.toString(shortfall.end())))
                .bind("run", document.runId())
                .bind("document", document.id())
                .bind("version", document.version())
                .bind("start", shortfall.start())
                .bind("end", shortfall.end())
                .bind("reason", shortfall.reason())
                .bind("calls", shortfall.callIds().toArray(String[]::new))
                .execute();
    }
}
