package io.minigpt.augmentation.store;

import io.minigpt.augmentation.AugmentationScope;
import io.minigpt.augmentation.Findings;
import io.minigpt.augmentation.Parent;
import io.minigpt.augmentation.Recipe;
import io.minigpt.augmentation.Variant;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.Ending;
import io.minigpt.teacher.run.KnownResult;
import io.minigpt.teacher.run.ResultChange;
import io.minigpt.teacher.run.ResultFacts;
import io.minigpt.teacher.run.Run;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Variants, published as they change. The corpus must be locked by whoever changes them. */
@ApplicationScoped
public class VariantStore {

    private static final String PUT = """
            insert into variant (id, corpus, parent_id, content, ordinal, question, answer, recipe, prompt_version,
                                 teacher, run_id, state, revision, superseded)
            values (:id, :corpus, :parent, :content, :ordinal, :question, :answer, :recipe, :prompt,
                    :teacher, :run, 'active', :revision, :superseded)
            on conflict (id) do update set
                question = excluded.question, answer = excluded.answer, run_id = excluded.run_id, state = excluded.state, reason = null,
                revision = excluded.revision, superseded = excluded.superseded
            """;
    private static final String RETRACT = """
            update variant set state = 'retracted', reason = :reason, revision = :revision,
                               superseded = :superseded
            where id = :id
            """;

    private final ResultFacts facts;

    VariantStore(ResultFacts facts) {
        this.facts = facts;
    }

    /** Makes the variants of a question by the run's recipes those that were found, and takes back the others. */
    public Ending publish(Handle transaction, Run<AugmentationScope> run, Parent parent, Findings findings) {
        Map<String, KnownResult> known = transaction
                .createQuery("select * from variant where parent_id = :parent and recipe = any(:recipes)")
                .bind("parent", parent.id())
                .bind(
                        "recipes",
                        run.scope().recipes().stream().map(Recipe::text).toArray(String[]::new))
                .map((row, context) -> KnownResult.of(row))
                .stream()
                .collect(Collectors.toMap(KnownResult::id, Function.identity()));
        Set<String> current = new HashSet<>();
        List<ResultChange> fresh = new ArrayList<>();
        for (Variant variant : findings.variants()) {
            String id = VariantFacts.id(run, parent, variant);
            KnownResult stored = known.get(id);
            current.add(id);
            if (stored == null || !stored.active() || !says(stored, variant)) {
                fresh.add(put(run, parent, variant, stored));
            }
        }
        facts.publish(transaction, AugmentationRuns.stream(run.corpus()), run.cause(), PUT, fresh);
        List<KnownResult> old = known.values().stream()
                .filter(variant -> variant.active() && !current.contains(variant.id()))
                .toList();
        retract(transaction, run.corpus(), old, "newer variants of the question take its place", run.cause());
        return new Ending(Ending.State.DONE, null, current.size(), fresh.size(), old.size());
    }

    /** Takes back the variants of a question unless they were made from this content; with an empty content all. */
    void retractOtherContents(
            Handle transaction, String corpus, String parentId, String content, String reason, Cause cause) {
        List<KnownResult> old = transaction
                .createQuery("""
                        select * from variant
                        where parent_id = :parent and state = 'active' and content <> :content
                        order by ordinal, id
                        """)
                .bind("parent", parentId)
                .bind("content", content)
                .map((row, context) -> KnownResult.of(row))
                .list();
        retract(transaction, corpus, old, reason, cause);
        transaction
                .createUpdate("delete from variant_set where parent_id = :parent and content <> :content")
                .bind("parent", parentId)
                .bind("content", content)
                .execute();
    }

    private static boolean says(KnownResult stored, Variant variant) {
        return stored.question().equals(variant.question()) && stored.answer().equals(variant.answer());
    }

    private static ResultChange put(Run<AugmentationScope> run, Parent parent, Variant variant, KnownResult known) {
        return new ResultChange(
                VariantFacts.id(run, parent, variant),
                known == null ? List.of() : known.published(),
                row -> row.bind("corpus", run.corpus())
                        .bind("parent", parent.id())
                        .bind("content", parent.content())
                        .bind("ordinal", variant.ordinal())
                        .bind("question", variant.question())
                        .bind("answer", variant.answer())
                        .bind("recipe", variant.recipe().text())
                        .bind("prompt", variant.promptVersion())
                        .bind("teacher", run.teacherVersion())
                        .bind("run", run.id()),
                position -> VariantFacts.generated(run, parent, variant, position));
    }

    private void retract(Handle transaction, String corpus, List<KnownResult> variants, String reason, Cause cause) {
        facts.publish(
                transaction,
                AugmentationRuns.stream(corpus),
                cause,
                RETRACT,
                variants.stream()
                        .map(variant -> new ResultChange(
                                variant.id(),
                                variant.published(),
                                row -> row.bind("reason", reason),
                                position -> VariantFacts.retracted(corpus, variant, position, reason)))
                        .toList());
    }
}
