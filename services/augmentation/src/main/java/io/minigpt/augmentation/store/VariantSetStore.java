package io.minigpt.augmentation.store;

import io.minigpt.augmentation.AugmentationScope;
import io.minigpt.augmentation.Findings;
import io.minigpt.augmentation.Rewording;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Which questions were asked about to the end, and what was refused on the way. */
@ApplicationScoped
public class VariantSetStore {

    /** How many variants a question has that was asked about to the end; empty if it was not. */
    public Optional<Integer> complete(Handle transaction, Run<AugmentationScope> run, RunSubject parent) {
        return transaction
                .createQuery("""
                        select variants from variant_set
                        where parent_id = :parent and content = :content and recipe = :recipe
                          and prompt_version = :prompt and teacher = :teacher and wanted = :wanted
                        """)
                .bind("parent", parent.id())
                .bind("content", parent.version())
                .bind("recipe", Rewording.RECIPE)
                .bind("prompt", run.promptVersion())
                .bind("teacher", run.teacherVersion())
                .bind("wanted", run.scope().variants())
                .mapTo(Integer.class)
                .findOne();
    }

    /** Notes that a question was asked about to the end; what it had before from others is no longer complete. */
    public void replace(Handle transaction, Run<AugmentationScope> run, RunSubject parent, int variants) {
        transaction
                .createUpdate("delete from variant_set where parent_id = :parent")
                .bind("parent", parent.id())
                .execute();
        transaction
                .createUpdate("""
                        insert into variant_set (parent_id, content, recipe, prompt_version, teacher, wanted, variants)
                        values (:parent, :content, :recipe, :prompt, :teacher, :wanted, :variants)
                        """)
                .bind("parent", parent.id())
                .bind("content", parent.version())
                .bind("recipe", Rewording.RECIPE)
                .bind("prompt", run.promptVersion())
                .bind("teacher", run.teacherVersion())
                .bind("wanted", run.scope().variants())
                .bind("variants", variants)
                .execute();
    }

    /** Keeps what a check refused. */
    public void refuse(Handle transaction, RunSubject parent, Findings findings) {
        if (findings.refusals().isEmpty()) {
            return;
        }
        PreparedBatch batch = transaction.prepareBatch("""
                insert into reject (run_id, subject_id, call_id, reason, detail, question)
                values (:run, :parent, :call, :reason, :detail, :question)
                """);
        for (Findings.Refusal refusal : findings.refusals()) {
            batch.bind("run", parent.runId())
                    .bind("parent", parent.id())
                    .bind("call", refusal.callId())
                    .bind("reason", refusal.variant().reason().name())
                    .bind("detail", refusal.variant().detail())
                    .bind("question", refusal.variant().question())
                    .add();
        }
        batch.execute();
    }
}
