package io.minigpt.augmentation.store;

import com.google.protobuf.Message;
import io.minigpt.augmentation.Findings;
import io.minigpt.augmentation.Parent;
import io.minigpt.augmentation.Run;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Variants, published as they change. The corpus must be locked by whoever changes them. */
@ApplicationScoped
class VariantStore {

    /**
     * What became of the variants of a question.
     *
     * @param variants variants of the run's prompt and teacher that are active now
     * @param generated facts published about variants that became active
     * @param retracted facts published about variants that are no longer active
     */
    record Change(int variants, int generated, int retracted) {

        static final Change NONE = new Change(0, 0, 0);
    }

    private final Streams streams;
    private final Outbox outbox;

    VariantStore(Streams streams, Outbox outbox) {
        this.streams = streams;
        this.outbox = outbox;
    }

    /** Makes the variants of a question those that were found, and takes back the others. */
    Change publish(Handle transaction, Run run, Parent parent, Findings findings) {
        Map<String, KnownVariant> known = transaction
                .createQuery("select * from variant where parent_id = :parent")
                .bind("parent", parent.id())
                .map((row, context) -> KnownVariant.of(row))
                .stream()
                .collect(Collectors.toMap(KnownVariant::id, Function.identity()));
        Map<String, Integer> current = new LinkedHashMap<>();
        for (int ordinal = 0; ordinal < findings.variants().size(); ordinal++) {
            current.put(VariantFacts.id(run, parent, ordinal), ordinal);
        }
        List<Integer> fresh = current.entrySet().stream()
                .filter(variant -> {
                    KnownVariant stored = known.get(variant.getKey());
                    String question = findings.variants().get(variant.getValue());
                    return stored == null
                            || !stored.active()
                            || !stored.question().equals(question);
                })
                .map(Map.Entry::getValue)
                .toList();
        activate(transaction, run, parent, findings.variants(), fresh, known);
        List<KnownVariant> old = known.values().stream()
                .filter(variant -> variant.active() && !current.containsKey(variant.id()))
                .toList();
        retract(transaction, run.corpus(), old, "newer variants of the question take its place", Cause.of(run));
        return new Change(current.size(), fresh.size(), old.size());
    }

    /** Takes back the variants of a question unless they were made from this content; with an empty content all. */
    void retractOtherContents(
            Handle transaction, String corpus, String parentId, String content, String reason, Cause cause) {
        List<KnownVariant> old = transaction
                .createQuery("""
                        select * from variant
                        where parent_id = :parent and state = 'active' and content <> :content
                        order by ordinal, id
                        """)
                .bind("parent", parentId)
                .bind("content", content)
                .map((row, context) -> KnownVariant.of(row))
                .list();
        retract(transaction, corpus, old, reason, cause);
        transaction
                .createUpdate("delete from variant_set where parent_id = :parent and content <> :content")
                .bind("parent", parentId)
                .bind("content", content)
                .execute();
    }

    private void activate(
            Handle transaction,
            Run run,
            Parent parent,
            List<String> questions,
            List<Integer> ordinals,
            Map<String, KnownVariant> known) {
        if (ordinals.isEmpty()) {
            return;
        }
        long number = streams.next(transaction, run.stream(), ordinals.size());
        PreparedBatch batch = transaction.prepareBatch("""
                insert into variant (id, corpus, parent_id, content, ordinal, question, answer, recipe, prompt_version,
                                     teacher, run_id, state, revision, superseded)
                values (:id, :corpus, :parent, :content, :ordinal, :question, :answer, :recipe, :prompt,
                        :teacher, :run, 'active', :revision, :superseded)
                on conflict (id) do update set
                    question = excluded.question, run_id = excluded.run_id, state = excluded.state, reason = null,
                    revision = excluded.revision, superseded = excluded.superseded
                """);
        List<Event<Message>> events = new ArrayList<>();
        for (int ordinal : ordinals) {
            String id = VariantFacts.id(run, parent, ordinal);
            String question = questions.get(ordinal);
            List<Long> superseded = known.containsKey(id) ? known.get(id).published() : List.of();
            batch.bind("id", id)
                    .bind("corpus", run.corpus())
                    .bind("parent", parent.id())
                    .bind("content", parent.content())
                    .bind("ordinal", ordinal)
                    .bind("question", question)
                    .bind("answer", parent.answer())
                    .bind("recipe", Run.RECIPE)
                    .bind("prompt", run.promptVersion())
                    .bind("teacher", run.teacherVersion())
                    .bind("run", run.id())
                    .bind("revision", number)
                    .bind("superseded", superseded.toArray(Long[]::new))
                    .add();
            events.add(event(
                    id, Cause.of(run), VariantFacts.generated(run, parent, ordinal, question, number, superseded)));
            number++;
        }
        batch.execute();
        outbox.append(transaction, events);
    }

    private void retract(Handle transaction, String corpus, List<KnownVariant> variants, String reason, Cause cause) {
        if (variants.isEmpty()) {
            return;
        }
        long number = streams.next(transaction, Run.stream(corpus), variants.size());
        PreparedBatch batch = transaction.prepareBatch("""
                update variant set state = 'retracted', reason = :reason, revision = :revision,
                                   superseded = :superseded
                where id = :id
                """);
        List<Event<Message>> events = new ArrayList<>();
        for (KnownVariant variant : variants) {
            batch.bind("id", variant.id())
                    .bind("reason", reason)
                    .bind("revision", number)
                    .bind("superseded", variant.published().toArray(Long[]::new))
                    .add();
            events.add(event(variant.id(), cause, VariantFacts.retracted(corpus, variant, number, reason)));
            number++;
        }
        batch.execute();
        outbox.append(transaction, events);
    }

    private Event<Message> event(String id, Cause cause, Message data) {
        return Event.caused(outbox.source(), id, cause.correlationId(), cause.eventId(), data);
    }
}
