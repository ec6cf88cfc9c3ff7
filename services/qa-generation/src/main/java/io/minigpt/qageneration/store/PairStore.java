package io.minigpt.qageneration.store;

import io.minigpt.qageneration.Findings;
import io.minigpt.qageneration.GenerationScope;
import io.minigpt.qageneration.Subject;
import io.minigpt.teacher.run.Answered;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.Ending;
import io.minigpt.teacher.run.KnownResult;
import io.minigpt.teacher.run.ResultChange;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Pairs, published as they change. The corpus must be locked by whoever changes them. */
@ApplicationScoped
public class PairStore {

    /** A pair with what was published about it. */
    record Stored(PairRow row, KnownResult result) {

        boolean says(PairRow other) {
            return result.active()
                    && row.question().equals(other.question())
                    && row.answer().equals(other.answer());
        }
    }

    private static final String SELECT = """
            select p.*, r.teacher || '/' || r.teacher_version as label from pair p join run r on r.id = p.run_id
            """;

    private final PairSetStore sets;
    private final ReviewStore reviews;
    private final PairFacts facts;

    PairStore(PairSetStore sets, ReviewStore reviews, PairFacts facts) {
        this.sets = sets;
        this.reviews = reviews;
        this.facts = facts;
    }

    /** Numbers of pairs, by the ids of the documents that have all that the run would make. */
    public Map<String, Integer> complete(Handle transaction, Run<GenerationScope> run, List<RunSubject> documents) {
        return sets.complete(transaction, run, documents);
    }

    /** One pair. */
    Optional<Stored> find(Handle transaction, String id) {
        return transaction
                .createQuery(SELECT + " where p.id = :id")
                .bind("id", id)
                .map((row, context) -> new Stored(PairRow.of(row), KnownResult.of(row)))
                .findOne();
    }

    /**
     * Makes the pairs of documents those that were found, but for what a person refused. Pairs that another prompt or
     * teacher made stay until the new ones are complete; until then the new ones are not published beside them. Pairs
     * that a person accepted or edited stay in any case.
     *
     * @return how each document ended, in their order
     */
    public List<Ending> publish(
            Handle transaction, Run<GenerationScope> run, List<Answered<Subject, Findings>> documents) {
        List<String> ids =
                documents.stream().map(document -> document.subject().id()).toList();
        Map<String, Map<String, Stored>> known = of(transaction, ids);
        Map<String, Map<String, Review>> said = reviews.of(transaction, ids);
        List<Ending> endings = new ArrayList<>();
        List<ResultChange> fresh = new ArrayList<>();
        List<KnownResult> old = new ArrayList<>();
        Map<RunSubject, Integer> complete = new LinkedHashMap<>();
        for (Answered<Subject, Findings> document : documents) {
            RunSubject subject = document.subject();
            Findings findings = document.findings();
            PairChanges changes = PairChanges.of(
                    run,
                    subject,
                    findings,
                    known.getOrDefault(subject.id(), Map.of()),
                    said.getOrDefault(subject.id(), Map.of()));
            fresh.addAll(changes.fresh());
            old.addAll(changes.old());
            if (findings.complete()) {
                complete.put(subject, changes.wanted());
            }
            endings.add(new Ending(
                    findings.complete() ? Ending.State.DONE : Ending.State.FAILED,
                    findings.complete()
                            ? null
                            : findings.shortfalls().getFirst().reason(),
                    changes.wanted(),
                    changes.fresh().size(),
                    changes.old().size()));
        }
        facts.put(transaction, run.corpus(), run.cause(), fresh);
        facts.retract(transaction, run.corpus(), run.cause(), old, "newer pairs of the document take its place");
        sets.replace(transaction, run, complete);
        return endings;
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
        facts.retract(transaction, corpus, cause, old, reason);
        sets.removeOtherVersions(transaction, documentId, version);
    }

    /** The pairs of documents, by document and id. */
    private static Map<String, Map<String, Stored>> of(Handle transaction, Collection<String> documentIds) {
        return transaction
                .createQuery(SELECT + " where p.document_id = any(:documents)")
                .bind("documents", documentIds.toArray(String[]::new))
                .map((row, context) -> new Stored(PairRow.of(row), KnownResult.of(row)))
                .stream()
                .collect(Collectors.groupingBy(
                        stored -> stored.row().documentId(),
                        Collectors.toMap(stored -> stored.row().id(), stored -> stored)));
    }
}
