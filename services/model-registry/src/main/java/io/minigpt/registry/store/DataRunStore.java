package io.minigpt.registry.store;

import io.minigpt.proto.augmentation.v1.AugmentationFinished;
import io.minigpt.proto.augmentation.v1.AugmentationStarted;
import io.minigpt.proto.dataset.v1.DatasetVersionSealed;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.GenerationStarted;
import io.minigpt.registry.Teaching;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What the runs of question generation and augmentation asked, and what that took. */
@ApplicationScoped
public class DataRunStore {

    private static final String GENERATION = "generation";
    private static final String AUGMENTATION = "augmentation";

    /** Notes whom a run asks. */
    public void started(Handle transaction, GenerationStarted start) {
        begin(
                transaction,
                start.getRunId(),
                GENERATION,
                start.getCorpus(),
                start.getTeacher(),
                start.getPromptVersion());
    }

    /** Notes whom a run asks. */
    public void started(Handle transaction, AugmentationStarted start) {
        begin(transaction, start.getRunId(), AUGMENTATION, start.getCorpus(), start.getTeacher(), "");
    }

    /** Notes what a run took. */
    public void finished(Handle transaction, GenerationFinished end) {
        end(
                transaction,
                end.getRunId(),
                GENERATION,
                end.getCorpus(),
                end.getOutput(),
                new Teaching(
                        GENERATION,
                        "",
                        "",
                        1,
                        end.getCounts().getTeacherCalls(),
                        end.getCounts().getTokensIn(),
                        end.getCounts().getTokensOut(),
                        cost(end.getCounts().getCost())));
    }

    /** Notes what a run took. */
    public void finished(Handle transaction, AugmentationFinished end) {
        end(
                transaction,
                end.getRunId(),
                AUGMENTATION,
                end.getCorpus(),
                end.getOutput(),
                new Teaching(
                        AUGMENTATION,
                        "",
                        "",
                        1,
                        end.getCounts().getTeacherCalls(),
                        end.getCounts().getTokensIn(),
                        end.getCounts().getTokensOut(),
                        cost(end.getCounts().getCost())));
    }

    /** What the runs took whose pairs a dataset version could choose from, by teacher and prompt version. */
    public List<Teaching> behind(Handle transaction, DatasetVersionSealed dataset) {
        List<Teaching> teachings = new ArrayList<>();
        for (StreamRevision input : dataset.getInputsList()) {
            int slash = input.getStream().indexOf('/');
            String kind = input.getStream().substring(0, Math.max(0, slash));
            if (kind.equals(GENERATION) || kind.equals(AUGMENTATION)) {
                teachings.addAll(
                        behind(transaction, kind, input.getStream().substring(slash + 1), input.getRevision()));
            }
        }
        return teachings;
    }

    private static List<Teaching> behind(Handle transaction, String kind, String corpus, long revision) {
        return transaction
                .createQuery("""
                        select teacher, prompt_version, count(*) as runs, sum(teacher_calls) as calls,
                               sum(tokens_in) as tokens_in, sum(tokens_out) as tokens_out, sum(cost) as cost
                        from data_run
                        where kind = :kind and corpus = :corpus and revision <= :revision
                        group by teacher, prompt_version order by teacher, prompt_version
                        """)
                .bind("kind", kind)
                .bind("corpus", corpus)
                .bind("revision", revision)
                .map((row, context) -> new Teaching(
                        kind,
                        row.getString("teacher"),
                        row.getString("prompt_version"),
                        row.getLong("runs"),
                        row.getLong("calls"),
                        row.getLong("tokens_in"),
                        row.getLong("tokens_out"),
                        row.getBigDecimal("cost")))
                .list();
    }

    private static void begin(
            Handle transaction, String runId, String kind, String corpus, String teacher, String promptVersion) {
        transaction
                .createUpdate("""
                        insert into data_run (run_id, kind, corpus, teacher, prompt_version)
                        values (:run, :kind, :corpus, :teacher, :prompt)
                        on conflict (run_id) do update
                            set teacher = excluded.teacher, prompt_version = excluded.prompt_version
                        """)
                .bind("run", runId)
                .bind("kind", kind)
                .bind("corpus", corpus)
                .bind("teacher", teacher)
                .bind("prompt", promptVersion)
                .execute();
    }

    private static void end(
            Handle transaction, String runId, String kind, String corpus, StreamRevision output, Teaching taken) {
        transaction
                .createUpdate("""
                        insert into data_run
                            (run_id, kind, corpus, revision, teacher_calls, tokens_in, tokens_out, cost)
                        values (:run, :kind, :corpus, :revision, :calls, :in, :out, :cost)
                        on conflict (run_id) do update
                            set revision = excluded.revision, teacher_calls = excluded.teacher_calls,
                                tokens_in = excluded.tokens_in, tokens_out = excluded.tokens_out, cost = excluded.cost
                        """)
                .bind("run", runId)
                .bind("kind", kind)
                .bind("corpus", corpus)
                .bind("revision", output.getRevision())
                .bind("calls", taken.calls())
                .bind("in", taken.tokensIn())
                .bind("out", taken.tokensOut())
                .bind("cost", taken.cost())
                .execute();
    }

    private static BigDecimal cost(String decimal) {
        return decimal.isEmpty() ? BigDecimal.ZERO : new BigDecimal(decimal);
    }
}
