package io.minigpt.qageneration.store;

import com.google.protobuf.Message;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import io.minigpt.qageneration.Findings;
import io.minigpt.qageneration.FoundPair;
import io.minigpt.qageneration.Run;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Pairs, published as they change. The corpus must be locked by whoever changes them. */
@ApplicationScoped
class PairStore {

    /**
     * What became of the pairs of a document.
     *
     * @param pairs pairs of the run's prompt and teacher that are active now
     * @param generated facts published about pairs that became active
     * @param retracted facts published about pairs that are no longer active
     */
    record Change(int pairs, int generated, int retracted) {}

    private final PairSetStore sets;
    private final Streams streams;
    private final Outbox outbox;

    PairStore(PairSetStore sets, Streams streams, Outbox outbox) {
        this.sets = sets;
        this.streams = streams;
        this.outbox = outbox;
    }

    /**
     * Makes the pairs of a document those that were found. Pairs that another prompt or teacher made stay until the new
     * ones are complete; until then the new ones are not published beside them.
     */
    Change publish(Handle transaction, Run run, RunDocument document, Findings findings) {
        Map<String, KnownPair> known = transaction
                .createQuery("select * from pair where document_id = :document")
                .bind("document", document.documentId())
                .map((row, context) -> KnownPair.of(row))
                .stream()
                .collect(Collectors.toMap(KnownPair::id, Function.identity()));
        KnownPair.Origin origin =
                new KnownPair.Origin(document.documentVersion(), run.promptVersion(), run.teacherVersion());
        boolean others = known.values().stream()
                .anyMatch(pair -> pair.active() && !pair.origin().equals(origin));
        if (others && !findings.complete()) {
            return new Change(0, 0, 0);
        }
        int generated = activate(transaction, run, document, findings.pairs(), known);
        Set<String> current = findings.pairs().stream()
                .map(pair -> PairFacts.id(run, document, pair))
                .collect(Collectors.toSet());
        List<KnownPair> old = known.values().stream()
                .filter(KnownPair::active)
                .filter(pair -> !current.contains(pair.id()))
                .toList();
        retract(transaction, run.corpus(), old, "newer pairs of the document take its place", Cause.of(run));
        if (findings.complete()) {
            sets.replace(transaction, run, document, findings.pairs().size());
        }
        return new Change(findings.pairs().size(), generated, old.size());
    }

    /** Retracts the pairs of a document that were made from another version of its text; with an empty version all. */
    void retractOtherVersions(
            Handle transaction, String corpus, String documentId, String version, String reason, Cause cause) {
        List<KnownPair> old = transaction
                .createQuery("""
                        select * from pair
                        where document_id = :document and state = 'active' and document_version <> :version
                        order by ordinal, id
                        """)
                .bind("document", documentId)
                .bind("version", version)
                .map((row, context) -> KnownPair.of(row))
                .list();
        retract(transaction, corpus, old, reason, cause);
        sets.removeOtherVersions(transaction, documentId, version);
    }

    private int activate(
            Handle transaction, Run run, RunDocument document, List<FoundPair> pairs, Map<String, KnownPair> known) {
        List<FoundPair> fresh = pairs.stream()
                .filter(pair -> {
                    KnownPair stored = known.get(PairFacts.id(run, document, pair));
                    return stored == null || !stored.active();
                })
                .toList();
        if (fresh.isEmpty()) {
            return 0;
        }
        long number = streams.next(transaction, run.stream(), fresh.size());
        PreparedBatch batch = transaction.prepareBatch("""
                insert into pair (id, corpus, document_id, document_version, sequence, ordinal, passage_start,
                                  passage_end, question, answer, prompt_version, teacher, run_id, call_id, state,
                                  revision, superseded)
                values (:id, :corpus, :document, :version, :sequence, :ordinal, :start, :end, :question, :answer,
                        :prompt, :teacher, :run, :call, 'active', :revision, :superseded)
                on conflict (id) do update set
                    sequence = excluded.sequence, passage_start = excluded.passage_start,
                    passage_end = excluded.passage_end, question = excluded.question, answer = excluded.answer,
                    run_id = excluded.run_id, call_id = excluded.call_id, state = excluded.state, reason = null,
                    revision = excluded.revision, superseded = excluded.superseded
                """);
        List<Event<Message>> events = new ArrayList<>();
        for (FoundPair pair : fresh) {
            String id = PairFacts.id(run, document, pair);
            List<Long> superseded = known.containsKey(id) ? known.get(id).published() : List.of();
            batch.bind("id", id)
                    .bind("corpus", run.corpus())
                    .bind("document", document.documentId())
                    .bind("version", document.documentVersion())
                    .bind("sequence", document.sequence())
                    .bind("ordinal", pair.ordinal())
                    .bind("start", pair.start())
                    .bind("end", pair.end())
                    .bind("question", pair.question())
                    .bind("answer", pair.answer())
                    .bind("prompt", run.promptVersion())
                    .bind("teacher", run.teacherVersion())
                    .bind("run", run.id())
                    .bind("call", pair.callId())
                    .bind("revision", number)
                    .bind("superseded", superseded.toArray(Long[]::new))
                    .add();
            events.add(event(id, Cause.of(run), PairFacts.generated(run, document, pair, number, superseded)));
            number++;
        }
        batch.execute();
        outbox.append(transaction, events);
        return fresh.size();
    }

    private void retract(Handle transaction, String corpus, List<KnownPair> pairs, String reason, Cause cause) {
        if (pairs.isEmpty()) {
            return;
        }
        long number = streams.next(transaction, Run.stream(corpus), pairs.size());
        PreparedBatch batch = transaction.prepareBatch("""
                update pair set state = 'retracted', reason = :reason, revision = :revision, superseded = :superseded
                where id = :id
                """);
        List<Event<Message>> events = new ArrayList<>();
        for (KnownPair pair : pairs) {
            batch.bind("id", pair.id())
                    .bind("reason", reason)
                    .bind("revision", number)
                    .bind("superseded", pair.published().toArray(Long[]::new))
                    .add();
            events.add(event(pair.id(), cause, PairFacts.retracted(corpus, pair, number, reason)));
            number++;
        }
        batch.execute();
        outbox.append(transaction, events);
    }

    private Event<Message> event(String id, Cause cause, Message data) {
        return Event.caused(outbox.source(), id, cause.correlationId(), cause.eventId(), data);
    }
}
