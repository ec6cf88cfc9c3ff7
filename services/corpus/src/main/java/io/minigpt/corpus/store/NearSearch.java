package io.minigpt.corpus.store;

import io.minigpt.corpus.Candidate;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Entry;
import io.minigpt.corpus.Shingles;
import io.minigpt.corpus.Similar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Looks for the active document that another one is nearly the same as, within one transaction that has locked their
 * corpus: documents that share a band with it are compared exactly. What the transaction changed counts whether it is
 * written or not, so the result does not depend on where batches begin.
 */
final class NearSearch {

    /** Documents of one band that are looked at, the earliest: many only share a phrase that is everywhere. */
    private static final int PER_BAND = 8;
    /** Documents that one is compared with, those with the most bands in common. */
    private static final int COMPARED = 16;

    private record Text(long sequence, String id, String text) {}

    private final Handle transaction;
    private final CorpusName corpus;
    private final boolean enabled;
    private final double threshold;
    private final Map<Long, TreeSet<Long>> bands = new HashMap<>();
    private final Map<Long, Text> changed = new HashMap<>();
    private final List<Long> newBands = new ArrayList<>();
    private final List<Long> newSequences = new ArrayList<>();

    /**
     * @param enabled whether it looks at all
     * @param threshold least similarity
     */
    NearSearch(Handle transaction, CorpusName corpus, boolean enabled, double threshold) {
        this.transaction = transaction;
        this.corpus = corpus;
        this.enabled = enabled;
        this.threshold = threshold;
    }

    boolean enabled() {
        return enabled;
    }

    /** Reads what is needed to find these, all at once. */
    void prepare(Collection<? extends Candidate> candidates) {
        if (!enabled) {
            return;
        }
        load(candidates.stream()
                .flatMap(candidate -> candidate.fingerprint().bands().stream())
                .toList());
    }

    /** The active document that is most like the candidate; of several the earliest. */
    Optional<Similar> find(Candidate candidate) {
        if (!enabled) {
            return Optional.empty();
        }
        List<Long> own = candidate.fingerprint().bands();
        load(own);
        Map<Long, Long> shared = own.stream()
                .flatMap(band -> bands.get(band).stream())
                .collect(Collectors.groupingBy(sequence -> sequence, Collectors.counting()));
        if (shared.isEmpty()) {
            return Optional.empty();
        }
        List<Long> closest = shared.entrySet().stream()
                .sorted(Map.Entry.<Long, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(COMPARED)
                .map(Map.Entry::getKey)
                .toList();
        long[] shingles = Shingles.of(candidate.text());
        return texts(closest).stream()
                .filter(other -> !other.id().equals(candidate.id()))
                .map(other -> new Similar(other.id(), Shingles.similarity(shingles, Shingles.of(other.text()))))
                .filter(similar -> similar.similarity() >= threshold)
                .reduce((first, next) -> next.similarity() > first.similarity() ? next : first);
    }

    /** The candidate is active now. */
    void add(Entry entry, Candidate candidate) {
        List<Long> own = candidate.fingerprint().bands();
        if (!enabled || own.isEmpty()) {
            return;
        }
        load(own);
        for (long band : own) {
            TreeSet<Long> sequences = bands.get(band);
            sequences.add(entry.sequence());
            if (sequences.size() > PER_BAND) {
                sequences.removeLast();
            }
            newBands.add(band);
            newSequences.add(entry.sequence());
        }
        changed.put(entry.sequence(), new Text(entry.sequence(), entry.id(), candidate.text()));
    }

    /** The entry is active no more, or has other content from now on. @param own bands of what it had */
    void remove(Entry entry, List<Long> own) {
        if (own.isEmpty()) {
            return;
        }
        write();
        transaction
                .createUpdate("delete from near_band where sequence = :sequence and band = any(:bands)")
                .bind("sequence", entry.sequence())
                .bind("bands", own.toArray(Long[]::new))
                .execute();
        // a band that was full may now show one that it did not
        own.forEach(bands::remove);
        changed.remove(entry.sequence());
    }

    /** Writes what was added. */
    void write() {
        if (newBands.isEmpty()) {
            return;
        }
        transaction
                .createUpdate("""
                        insert into near_band (band, sequence)
                        select * from unnest(:bands::bigint[], :sequences::bigint[]) as added (band, sequence)
                        order by band on conflict do nothing
                        """)
                .bind("bands", newBands.toArray(Long[]::new))
                .bind("sequences", newSequences.toArray(Long[]::new))
                .execute();
        newBands.clear();
        newSequences.clear();
    }

    private void load(Collection<Long> wanted) {
        List<Long> missing = wanted.stream()
                .filter(band -> !bands.containsKey(band))
                .distinct()
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        write();
        missing.forEach(band -> bands.put(band, new TreeSet<>()));
        transaction
                .createQuery("""
                        select w.band, near.sequence from unnest(:bands::bigint[]) as w (band)
                        cross join lateral (select sequence from near_band n where n.band = w.band
                                            order by sequence limit :limit) near
                        """)
                .bind("bands", missing.toArray(Long[]::new))
                .bind("limit", PER_BAND)
                .map((row, context) -> bands.get(row.getLong("band")).add(row.getLong("sequence")))
                .list();
    }

    /** The texts of these active documents, in the order of their sequence. */
    private List<Text> texts(List<Long> sequences) {
        List<Text> found = new ArrayList<>();
        List<Long> stored = new ArrayList<>();
        for (long sequence : sequences) {
            Optional.ofNullable(changed.get(sequence)).ifPresentOrElse(found::add, () -> stored.add(sequence));
        }
        if (!stored.isEmpty()) {
            transaction
                    .createQuery("""
                            select sequence, id, coalesce(normalised, original) as text
                            from entry join document using (id)
                            where corpus = :corpus and kind = 'document' and sequence = any(:sequences)
                              and state = 'active'
                            """)
                    .bind("corpus", corpus.value())
                    .bind("sequences", stored.toArray(Long[]::new))
                    .map((row, context) ->
                            new Text(row.getLong("sequence"), row.getString("id"), row.getString("text")))
                    .forEach(found::add);
        }
        found.sort(Comparator.comparingLong(Text::sequence));
        return found;
    }
}
