package io.minigpt.qageneration.store;

import io.minigpt.qageneration.Findings;
import io.minigpt.qageneration.GenerationScope;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.Ending;
import io.minigpt.teacher.run.KnownResult;
import io.minigpt.teacher.run.ResultChange;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Number of pairs, if the document has all that the run would make. */
    public Optional<Integer> complete(Handle transaction, Run<GenerationScope> run, RunSubject document) {
        return sets.complete(transaction, run, document);
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
     * Makes the pairs of a document those that were found, but for what a person refused. Pairs that another prompt or
     * teacher made stay until the new ones are complete; until then the new ones are not published beside them. Pairs
     * that a person accepted or edited stay in any case.
     */
    public Ending publish(Handle transaction, Run<GenerationScope> run, RunSubject document, Findings findings) {
        Ending.State state = findings.complete() ? Ending.State.DONE : Ending.State.FAILED;
        String reason =
                findings.complete() ? null : findings.shortfalls().getFirst().reason();
        if (!findings.complete() && hasOthers(transaction, run, document)) {
            return new Ending(state, reason, 0, 0, 0);
        }
        Map<String, Stored> known = of(transaction, document.id());
        List<PairRow> wanted = wanted(transaction, run, document, findings, known);
        List<ResultChange> fresh = new ArrayList<>();
        Set<String> current = new HashSet<>();
        for (PairRow pair : wanted) {
            Stored stored = known.get(pair.id());
            current.add(pair.id());
            if (stored == null) {
                fresh.add(PairFacts.put(pair, List.of()));
            } else if (!stored.says(pair)) {
                fresh.add(PairFacts.put(pair, stored.result().published()));
            }
        }
        facts.put(transaction, run.corpus(), run.cause(), fresh);
        List<KnownResult> old = known.values().stream()
                .filter(stored -> stored.result().active()
                        && !current.contains(stored.row().id())
                        && !keeps(stored, document))
                .map(Stored::result)
                .toList();
        facts.retract(transaction, run.corpus(), run.cause(), old, "newer pairs of the document take its place");
        if (findings.complete()) {
            sets.replace(transaction, run, document, wanted.size());
        }
        return new Ending(state, reason, wanted.size(), fresh.size(), old.size());
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

    /** The found pairs as people want them, without what they refused and what they keep from before. */
    private List<PairRow> wanted(
            Handle transaction,
            Run<GenerationScope> run,
            RunSubject document,
            Findings findings,
            Map<String, Stored> known) {
        Map<String, Review> said = reviews.of(transaction, document.id());
        List<PairRow> found = findings.pairs().stream()
                .map(pair -> PairRow.found(run, document, pair))
                .toList();
        Set<String> ids = found.stream().map(PairRow::id).collect(Collectors.toSet());
        Set<String> keptElsewhere = known.values().stream()
                .filter(stored ->
                        keeps(stored, document) && !ids.contains(stored.row().id()))
                .map(stored -> stored.row().key())
                .collect(Collectors.toSet());
        List<PairRow> wanted = new ArrayList<>();
        for (PairRow pair : found) {
            Optional<Review> review = Optional.ofNullable(said.get(pair.key()));
            if (review.filter(Review::refuses).isEmpty() && !keptElsewhere.contains(pair.key())) {
                wanted.add(review.map(pair::reviewed).orElse(pair));
            }
        }
        return wanted;
    }

    private static boolean keeps(Stored stored, RunSubject document) {
        return stored.row().kept()
                && stored.result().active()
                && stored.row().documentVersion().equals(document.version());
    }

    private static Map<String, Stored> of(Handle transaction, String documentId) {
        return transaction
                .createQuery(SELECT + " where p.document_id = :document")
                .bind("document", documentId)
                .map((row, context) -> new Stored(PairRow.of(row), KnownResult.of(row)))
                .stream()
                .collect(Collectors.toMap(stored -> stored.row().id(), stored -> stored));
    }

    /** Whether the document has active pairs of another text, prompt or teacher than this run's, nobody's choice. */
    private static boolean hasOthers(Handle transaction, Run<GenerationScope> run, RunSubject document) {
        return transaction
                .createQuery("""
                        select exists (select from pair
                                       where document_id = :document and state = 'active' and not kept
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
}
