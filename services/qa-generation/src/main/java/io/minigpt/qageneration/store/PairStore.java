package io.minigpt.qageneration.store;

import io.minigpt.qageneration.Findings;
import io.minigpt.qageneration.FoundPair;
import io.minigpt.qageneration.GenerationScope;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.Ending;
import io.minigpt.teacher.run.KnownResult;
import io.minigpt.teacher.run.ResultChange;
import io.minigpt.teacher.run.ResultFacts;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Pairs, published as they change. The corpus must be locked by whoever changes them. */
@ApplicationScoped
public class PairStore {

    private static final String PUT = """
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
            """;
    private static final String RETRACT = """
            update pair set state = 'retracted', reason = :reason, revision = :revision, superseded = :superseded
            where id = :id
            """;

    private final PairSetStore sets;
    private final ResultFacts facts;

    PairStore(PairSetStore sets, ResultFacts facts) {
        this.sets = sets;
        this.facts = facts;
    }

    /** Number of pairs, if the document has all that the run would make. */
    public Optional<Integer> complete(Handle transaction, Run<GenerationScope> run, RunSubject document) {
        return sets.complete(transaction, run, document);
    }

    /**
     * Makes the pairs of a document those that were found. Pairs that another prompt or teacher made stay until the new
     * ones are complete; until then the new ones are not published beside them.
     */
    public Ending publish(Handle transaction, Run<GenerationScope> run, RunSubject document, Findings findings) {
        Ending.State state = findings.complete() ? Ending.State.DONE : Ending.State.FAILED;
        String reason =
                findings.complete() ? null : findings.shortfalls().getFirst().reason();
        if (!findings.complete() && hasOthers(transaction, run, document)) {
            return new Ending(state, reason, 0, 0, 0);
        }
        Map<String, KnownResult> known = transaction
                .createQuery("select * from pair where document_id = :document")
                .bind("document", document.id())
                .map((row, context) -> KnownResult.of(row))
                .stream()
                .collect(Collectors.toMap(KnownResult::id, Function.identity()));
        List<ResultChange> fresh = findings.pairs().stream()
                .filter(pair -> !Optional.ofNullable(known.get(PairFacts.id(run, document, pair)))
                        .map(KnownResult::active)
                        .orElse(false))
                .map(pair -> put(run, document, pair, known.get(PairFacts.id(run, document, pair))))
                .toList();
        facts.publish(transaction, GenerationRuns.stream(run.corpus()), run.cause(), PUT, fresh);
        Set<String> current = findings.pairs().stream()
                .map(pair -> PairFacts.id(run, document, pair))
                .collect(Collectors.toSet());
        List<KnownResult> old = known.values().stream()
                .filter(KnownResult::active)
                .filter(pair -> !current.contains(pair.id()))
                .toList();
        retract(transaction, run.corpus(), old, "newer pairs of the document take its place", run.cause());
        if (findings.complete()) {
            sets.replace(transaction, run, document, findings.pairs().size());
        }
        return new Ending(state, reason, findings.pairs().size(), fresh.size(), old.size());
    }

    /** Retracts the pairs of a document that were made from another version of its text; with an empty version all. */
    void retractOtherVersions(
            Handle transaction, String corpus, String documentId, String version, String reason, Cause cause) {
        List<KnownResult> old = transaction
                .createQuery("""
                        select * from pair
                        where document_id = :document and state = 'active' and document_version <> :version
                        order by ordinal, id
                        """)
                .bind("document", documentId)
                .bind("version", version)
                .map((row, context) -> KnownResult.of(row))
                .list();
        retract(transaction, corpus, old, reason, cause);
        sets.removeOtherVersions(transaction, documentId, version);
    }

    /** Whether the document has active pairs of another text, prompt or teacher than this run's. */
    private static boolean hasOthers(Handle transaction, Run<GenerationScope> run, RunSubject document) {
        return transaction
                .createQuery("""
                        select exists (select from pair
                                       where document_id = :document and state = 'active'
                                         and (document_version, prompt_version, teacher)
                                             <> (:version, :prompt, :teacher))
                        """)
                .bind("document", document.id())
                .bind("version", document.version())
                .bind("prompt", run.promptVersion())
                .bind("teacher", run.teacherVersion())
                .mapTo(Boolean.class)
                .one();
    }

    private static ResultChange put(Run<GenerationScope> run, RunSubject document, FoundPair pair, KnownResult known) {
        return new ResultChange(
                PairFacts.id(run, document, pair),
                known == null ? List.of() : known.published(),
                row -> row.bind("corpus", run.corpus())
                        .bind("document", document.id())
                        .bind("version", document.version())
                        .bind("sequence", document.sequence())
                        .bind("ordinal", pair.ordinal())
                        .bind("start", pair.start())
                        .bind("end", pair.end())
                        .bind("question", pair.question())
                        .bind("answer", pair.answer())
                        .bind("prompt", run.promptVersion())
                        .bind("teacher", run.teacherVersion())
                        .bind("run", run.id())
                        .bind("call", pair.callId()),
                position -> PairFacts.generated(run, document, pair, position));
    }

    private void retract(Handle transaction, String corpus, List<KnownResult> pairs, String reason, Cause cause) {
        facts.publish(
                transaction,
                GenerationRuns.stream(corpus),
                cause,
                RETRACT,
                pairs.stream()
                        .map(pair -> new ResultChange(
                                pair.id(),
                                pair.published(),
                                row -> row.bind("reason", reason),
                                position -> PairFacts.retracted(corpus, pair, position, reason)))
                        .toList());
    }
}
