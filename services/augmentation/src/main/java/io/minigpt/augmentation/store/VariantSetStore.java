package io.minigpt.augmentation.store;

import io.minigpt.augmentation.AugmentationScope;
import io.minigpt.augmentation.Findings;
import io.minigpt.augmentation.Recipe;
import io.minigpt.augmentation.Variant;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Which questions were asked about to the end, and what was refused on the way. */
@ApplicationScoped
public class VariantSetStore {

    private final Prompts prompts;

    VariantSetStore(Prompts prompts) {
        this.prompts = prompts;
    }

    /** How many variants a question has that was asked about to the end by all recipes of a run; empty if it was not. */
    public Optional<Integer> complete(Handle transaction, Run<AugmentationScope> run, RunSubject parent) {
        int variants = 0;
        for (Recipe recipe : run.scope().recipes()) {
            Optional<Integer> complete = complete(transaction, run, parent, recipe);
            if (complete.isEmpty()) {
                return complete;
            }
            variants += complete.get();
        }
        return Optional.of(variants);
    }

    private Optional<Integer> complete(
            Handle transaction, Run<AugmentationScope> run, RunSubject parent, Recipe recipe) {
        return transaction
                .createQuery("""
                        select variants from variant_set
                        where parent_id = :parent and content = :content and recipe = :recipe
                          and prompt_version = :prompt and teacher = :teacher and wanted = :wanted
                        """)
                .bind("parent", parent.id())
                .bind("content", parent.version())
                .bind("recipe", recipe.text())
                .bind("prompt", recipe.prompt(prompts).version())
                .bind("teacher", run.teacherVersion())
                .bind("wanted", run.scope().variants())
                .mapTo(Integer.class)
                .findOne();
    }

    /** Notes that a question was asked about to the end; what its recipes had from others is no longer complete. */
    public void replace(Handle transaction, Run<AugmentationScope> run, RunSubject parent, List<Variant> variants) {
        for (Recipe recipe : run.scope().recipes()) {
            long found = variants.stream()
                    .filter(variant -> variant.recipe() == recipe)
                    .count();
            replace(transaction, run, parent, recipe, found);
        }
    }

    private void replace(
            Handle transaction, Run<AugmentationScope> run, RunSubject parent, Recipe recipe, long variants) {
        transaction
                .createUpdate("delete from variant_set where parent_id = :parent and recipe = :recipe")
                .bind("parent", parent.id())
                .bind("recipe", recipe.text())
                .execute();
        transaction
                .createUpdate("""
                        insert into variant_set (parent_id, content, recipe, prompt_version, teacher, wanted, variants)
                        values (:parent, :content, :recipe, :prompt, :teacher, :wanted, :variants)
                        """)
                .bind("parent", parent.id())
                .bind("content", parent.version())
                .bind("recipe", recipe.text())
                .bind("prompt", recipe.prompt(prompts).version())
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
