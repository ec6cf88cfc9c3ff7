package io.minigpt.augmentation.store;

import io.minigpt.augmentation.AugmentationScope;
import io.minigpt.augmentation.Findings;
import io.minigpt.augmentation.Parent;
import io.minigpt.augmentation.Recipe;
import io.minigpt.augmentation.Variant;
import io.minigpt.teacher.run.Answered;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.Ending;
import io.minigpt.teacher.run.KnownResult;
import io.minigpt.teacher.run.ResultChange;
import io.minigpt.teacher.run.ResultFacts;
import io.minigpt.teacher.run.Run;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Variants, published as they change. The corpus must be locked by whoever changes them. */
@ApplicationScoped
public class VariantStore {

    private static final String CHANGES = " from jsonb_populate_recordset(null::variant, cast(:changes as jsonb)) c ";
    private static final String PUT = """
            insert into variant (id, corpus, parent_id, content, ordinal, question, answer, recipe, prompt_version,
                                 teacher, run_id, state, revision, superseded)
            select id, corpus, parent_id, content, ordinal, question, answer, recipe, prompt_version,
                   teacher, run_id, 'active', revision, superseded
            """ + CHANGES + """
            on conflict (id) do update set
                question = excluded.question, answer = excluded.answer, run_id = excluded.run_id, state = excluded.state, reason = null,
                revision = excluded.revision, superseded = excluded.superseded
            """;
    private static final String RETRACT = """
            update variant set state = 'retracted', reason = c.reason, revision = c.revision,
                               superseded = c.superseded
            """ + CHANGES + "where variant.id = c.id";

    private final ResultFacts facts;

    VariantStore(ResultFacts facts) {
        this.facts = facts;
    }

    /**
     * Makes the variants of questions by the run's recipes those that were found, and takes back the others.
     *
     * @return how each question ended, in their order
     */
    public List<Ending> publish(
            Handle transaction, Run<AugmentationScope> run, List<Answered<Parent, Findings>> questions) {
        Map<String, Map<String, KnownResult>> known = known(transaction, run, questions);
        List<Ending> endings = new ArrayList<>();
        List<ResultChange> fresh = new ArrayList<>();
        List<KnownResult> old = new ArrayList<>();
        for (Answered<Parent, Findings> question : questions) {
            Parent parent = question.content();
            Map<String, KnownResult> before = known.getOrDefault(parent.id(), Map.of());
            int changes = fresh.size();
            int taken = old.size();
            Set<String> current = new HashSet<>();
            for (Variant variant : question.findings().variants()) {
                String id = VariantFacts.id(run, parent, variant);
                KnownResult stored = before.get(id);
                current.add(id);
                if (stored == null || !stored.active() || !says(stored, variant)) {
                    fresh.add(put(run, parent, variant, stored));
                }
            }
            before.values().stream()
                    .filter(variant -> variant.active() && !current.contains(variant.id()))
                    .forEach(old::add);
            endings.add(
                    new Ending(Ending.State.DONE, null, current.size(), fresh.size() - changes, old.size() - taken));
        }
        facts.publish(transaction, AugmentationRuns.stream(run.corpus()), run.cause(), PUT, fresh);
        retract(transaction, run.corpus(), old, "newer variants of the question take its place", run.cause());
        return endings;
    }

    /** The variants of questions by the run's recipes, by question and id. */
    private static Map<String, Map<String, KnownResult>> known(
            Handle transaction, Run<AugmentationScope> run, List<Answered<Parent, Findings>> questions) {
        Map<String, Map<String, KnownResult>> known = new HashMap<>();
        transaction
                .createQuery("select * from variant where parent_id = any(:parents) and recipe = any(:recipes)")
                .bind(
                        "parents",
                        questions.stream()
                                .map(question -> question.content().id())
                                .toArray(String[]::new))
                .bind(
                        "recipes",
                        run.scope().recipes().stream().map(Recipe::text).toArray(String[]::new))
                .map((row, context) -> known.computeIfAbsent(row.getString("parent_id"), id -> new HashMap<>())
                        .put(row.getString("id"), KnownResult.of(row)))
                .list();
        return known;
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
                Map.of(
                        "corpus", run.corpus(),
                        "parent_id", parent.id(),
                        "content", parent.content(),
                        "ordinal", variant.ordinal(),
                        "question", variant.question(),
                        "answer", variant.answer(),
                        "recipe", variant.recipe().text(),
                        "prompt_version", variant.promptVersion(),
                        "teacher", run.teacherVersion(),
                        "run_id", run.id()),
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
                                Map.of("reason", reason),
                                position -> VariantFacts.retracted(corpus, variant, position, reason)))
                        .toList());
    }
}
