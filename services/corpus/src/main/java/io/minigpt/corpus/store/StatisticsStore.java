package io.minigpt.corpus.store;

import io.minigpt.platform.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What a corpus is made of. */
@ApplicationScoped
public class StatisticsStore {

    /** Where a bar of the histogram begins, in characters. */
    private static final List<Long> LENGTHS = List.of(0L, 50L, 100L, 200L, 500L, 1000L, 2000L, 5000L, 10_000L, 50_000L);

    /**
     * What a corpus is made of.
     *
     * @param characters of all active documents, in Unicode code points
     * @param lengths how long the active documents are
     * @param sameContent documents and questions withheld because an active one has the same content
     * @param nearlySameContent documents withheld because an active one has nearly the same content
     * @param rejected lines that its imports refused, by reason
     */
    public record Statistics(
            long characters, List<Bar> lengths, long sameContent, long nearlySameContent, Map<String, Long> rejected) {}

    /** Active documents of at least so many characters that are not in the next bar. */
    public record Bar(long from, long documents) {}

    private record Lengths(int bar, long documents, long characters) {}

    private final Database database;

    StatisticsStore(Database database) {
        this.database = database;
    }

    /** Counted now. */
    public Statistics of(String corpus) {
        return database.read(handle -> {
            List<Lengths> lengths = lengths(handle, corpus);
            Map<Integer, Long> bars = lengths.stream().collect(Collectors.toMap(Lengths::bar, Lengths::documents));
            return new Statistics(
                    lengths.stream().mapToLong(Lengths::characters).sum(),
                    bars.keySet().stream()
                            .sorted()
                            .map(bar -> new Bar(LENGTHS.get(bar - 1), bars.get(bar)))
                            .toList(),
                    duplicates(handle, corpus, "similarity is null"),
                    duplicates(handle, corpus, "similarity is not null"),
                    rejected(handle, corpus));
        });
    }

    private static List<Lengths> lengths(Handle handle, String corpus) {
        return handle.createQuery("""
                        select width_bucket(characters, :lengths::bigint[]) as bar, count(*) as documents,
                               sum(characters)::bigint as characters
                        from entry join document using (id)
                        where corpus = :corpus and kind = 'document' and state = 'active'
                        group by bar
                        """)
                .bind("lengths", LENGTHS.toArray(Long[]::new))
                .bind("corpus", corpus)
                .map((row, context) ->
                        new Lengths(row.getInt("bar"), row.getLong("documents"), row.getLong("characters")))
                .list();
    }

    private static long duplicates(Handle handle, String corpus, String which) {
        return handle.createQuery(
                        "select count(*) from entry where corpus = :corpus and state = 'duplicate' and " + which)
                .bind("corpus", corpus)
                .mapTo(Long.class)
                .one();
    }

    private static Map<String, Long> rejected(Handle handle, String corpus) {
        return handle
                .createQuery("""
                        select code, sum(count)::bigint as count from import_reason join import on id = import_id
                        where corpus = :corpus group by code
                        """)
                .bind("corpus", corpus)
                .map((row, context) -> Map.entry(row.getString("code"), row.getLong("count")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
    }
}
