package io.minigpt.augmentation.store;

import io.minigpt.augmentation.AugmentationScope;
import io.minigpt.augmentation.Findings;
import io.minigpt.augmentation.Parent;
import io.minigpt.augmentation.Recipe;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.run.Answered;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Which questions were asked about to the end, and what was refused on the way. */
@ApplicationScoped
public class VariantSetStore {

    private final Prompts prompts;

    VariantSetStore(Prompts prompts) {
        this.prompts = prompts;
    }

    /** How many variants the questions have, by the ids of those that were asked about to the end by all recipes of a run. */
    public Map<String, Integer> complete(Handle transaction, Run<AugmentationScope> run, List<RunSubject> parents) {
        Map<String, Integer> complete = new HashMap<>();
        parents.forEach(parent -> complete.put(parent.id(), 0));
        for (Recipe recipe : run.scope().recipes()) {
            Map<String, Integer> variants = complete(transaction, run, parents, recipe);
            complete.keySet().retainAll(variants.keySet());
            complete.replaceAll((parent, sum) -> sum + variants.get(parent));
        }
        return complete;
    }

    private Map<String, Integer> complete(
            Handle transaction, Run<AugmentationScope> run, List<RunSubject> parents, Recipe recipe) {
        Map<String, Integer> complete = new HashMap<>();
        // lateral: a table without statistics yet would be read whole for the few questions that are asked for
        transaction
                .createQuery("""
                        select asked.parent_id, complete.variants
                        from unnest(:parents::text[], :contents::text[]) as asked (parent_id, content)
                        cross join lateral (
                            select variants from variant_set s
                            where s.parent_id = asked.parent_id and s.content = asked.content and s.recipe = :recipe
                              and s.prompt_version = :prompt and s.teacher = :teacher and s.wanted = :wanted
                            limit 1) complete
                        """)
                .bind("parents", parents.stream().map(RunSubject::id).toArray(String[]::new))
                .bind("contents", parents.stream().map(RunSubject::version).toArray(String[]::new))
                .bind("recipe", recipe.text())
                .bind("prompt", recipe.prompt(prompts).version())
                .bind("teacher", run.teacherVersion())
                .bind("wanted", run.scope().variants())
                .map((row, context) -> complete.put(row.getString("parent_id"), row.getInt("variants")))
                .list();
        return complete;
    }

    /** Notes that questions were asked about to the end; what their recipes had from others is no longer complete. */
    public void replace(Handle transaction, Run<AugmentationScope> run, List<Answered<Parent, Findings>> questions) {
        transaction
                .createUpdate("delete from variant_set where parent_id = any(:parents) and recipe = any(:recipes)")
                .bind(
                        "parents",
                        questions.stream()
                                .map(question -> question.subject().id())
                                .toArray(String[]::new))
                .bind(
                        "recipes",
                        run.scope().recipes().stream().map(Recipe::text).toArray(String[]::new))
                .execute();
        PreparedBatch batch = transaction.prepareBatch("""
                insert into variant_set (parent_id, content, recipe, prompt_version, teacher, wanted, variants)
                values (:parent, :content, :recipe, :prompt, :teacher, :wanted, :variants)
                """);
        for (Answered<Parent, Findings> question : questions) {
            for (Recipe recipe : run.scope().recipes()) {
                batch.bind("parent", question.subject().id())
                        .bind("content", question.subject().version())
                        .bind("recipe", recipe.text())
                        .bind("prompt", recipe.prompt(prompts).version())
                        .bind("teacher", run.teacherVersion())
                        .bind("wanted", run.scope().variants())
                        .bind("variants", question.findings().of(recipe))
                        .add();
            }
        }
        batch.execute();
    }

    /** Keeps what a check refused. */
    public void refuse(Handle transaction, List<Answered<Parent, Findings>> questions) {
        PreparedBatch batch = transaction.prepareBatch("""
                insert into reject (run_id, subject_id, call_id, reason, detail, question)
                values (:run, :parent, :call, :reason, :detail, :question)
                """);
        for (Answered<Parent, Findings> question : questions) {
            for (Findings.Refusal refusal : question.findings().refusals()) {
                batch.bind("run", question.subject().runId())
                        .bind("parent", question.subject().id())
                        .bind("call", refusal.callId())
                        .bind("reason", refusal.variant().reason().name())
                        .bind("detail", refusal.variant().detail())
                        .bind("question", refusal.variant().question())
                        .add();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }
}
