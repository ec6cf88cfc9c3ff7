package io.minigpt.qageneration.store;

import io.minigpt.qageneration.Findings;
import io.minigpt.qageneration.GenerationScope;
import io.minigpt.qageneration.store.PairStore.Stored;
import io.minigpt.teacher.run.KnownResult;
import io.minigpt.teacher.run.ResultChange;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What makes the stored pairs of a document those that a run has found.
 *
 * @param wanted how many pairs the run has, those that need no change among them
 * @param fresh pairs that count from now on
 * @param old pairs that count no longer
 */
record PairChanges(int wanted, List<ResultChange> fresh, List<KnownResult> old) {

    /**
     * The changes.
     *
     * @param known the document's pairs by id
     * @param said what people said about its pairs, by {@link PairRow#key}
     */
    static PairChanges of(
            Run<GenerationScope> run,
            RunSubject document,
            Findings findings,
            Map<String, Stored> known,
            Map<String, Review> said) {
        if (!findings.complete() && hasOthers(run, document, known)) {
            return new PairChanges(0, List.of(), List.of());
        }
        List<PairRow> wanted = wanted(run, document, findings, known, said);
        List<ResultChange> fresh = new ArrayList<>();
        for (PairRow pair : wanted) {
            Stored stored = known.get(pair.id());
            if (stored == null) {
                fresh.add(PairFacts.put(pair, List.of()));
            } else if (!stored.says(pair)) {
                fresh.add(PairFacts.put(pair, stored.result().published()));
            }
        }
        Set<String> current = wanted.stream().map(PairRow::id).collect(Collectors.toSet());
        List<KnownResult> old = known.values().stream()
                .filter(stored -> stored.result().active()
                        && !current.contains(stored.row().id())
                        && !keeps(stored, document))
                .map(Stored::result)
                .toList();
        return new PairChanges(wanted.size(), fresh, old);
    }

    /** The found pairs as people want them, without what they refused and what they keep from before. */
    private static List<PairRow> wanted(
            Run<GenerationScope> run,
            RunSubject document,
            Findings findings,
            Map<String, Stored> known,
            Map<String, Review> said) {
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

    /** Whether the document has active pairs of another text, prompt or teacher than this run's, nobody's choice. */
    private static boolean hasOthers(Run<GenerationScope> run, RunSubject document, Map<String, Stored> known) {
        return known.values().stream()
                .anyMatch(stored -> stored.result().active()
                        && !stored.row().kept()
                        && !(stored.row().documentVersion().equals(document.version())
                                && stored.row().promptVersion().equals(run.promptVersion())
                                && stored.row().teacherVersion().equals(run.teacherVersion())));
    }
}
