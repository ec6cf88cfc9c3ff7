package io.minigpt.corpus.store;

import io.minigpt.corpus.store.CorpusContent.Bar;
import io.minigpt.corpus.store.CorpusContent.Statistics;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Counts what a corpus is made of: reads all of its entries. */
final class ContentCount {

    /** Where a bar of the histogram begins, in characters. */
    private static final List<Long> LENGTHS = List.of(0L, 50L, 100L, 200L, 500L, 1000L, 2000L, 5000L, 10_000L, 50_000L);

    private record Lengths(int bar, long documents, long characters, long tokens, long uncounted) {}

    private record States(long documents, long questions, long retracted, long same, long nearlySame) {}

    private ContentCount() {}

    static CorpusContent of(Handle transaction, String corpus) {
        States states = states(transaction, corpus);
        List<Lengths> lengths = lengths(transaction, corpus);
        Statistics statistics = new Statistics(
                lengths.stream().mapToLong(Lengths::characters).sum(),
                lengths.stream().mapToLong(Lengths::tokens).sum(),
                lengths.stream().mapToLong(Lengths::uncounted).sum(),
                lengths.stream()
                        .map(bar -> new Bar(LENGTHS.get(bar.bar() - 1), bar.documents()))
                        .toList(),
                states.same(),
                states.nearlySame(),
                rejected(transaction, corpus),
                transaction
                        .createQuery("select clock_timestamp()")
                        .mapTo(OffsetDateTime.class)
                        .one()
                        .toInstant());
        return new CorpusContent(states.documents(), states.questions(), states.retracted(), statistics);
    }

    private static States states(Handle transaction, String corpus) {
        return transaction
                .createQuery("""
                        select count(*) filter (where state = 'active' and kind = 'document') as documents,
                               count(*) filter (where state = 'active' and kind = 'question') as questions,
                               count(*) filter (where state = 'retracted') as retracted,
                               count(*) filter (where state = 'duplicate' and similarity is null) as same,
                               count(*) filter (where state = 'duplicate' and similarity is not null) as nearly_same
                        from entry where corpus = :corpus
                        """)
                .bind("corpus", corpus)
                .map((row, context) -> new States(
                        row.getLong("documents"),
                        row.getLong("questions"),
                        row.getLong("retracted"),
                        row.getLong("same"),
                        row.getLong("nearly_same")))
                .one();
    }

    private static List<Lengths> lengths(Handle transaction, String corpus) {
        return transaction
                .createQuery("""
                        select width_bucket(characters, :lengths::bigint[]) as bar, count(*) as documents,
                               sum(characters)::bigint as characters,
                               coalesce(sum(tokens), 0)::bigint as tokens,
                               count(*) filter (where tokens is null) as uncounted
                        from entry join document using (id) left join document_tokens using (id, version)
                        where corpus = :corpus and kind = 'document' and state = 'active'
                        group by bar order by bar
                        """)
                .bind("lengths", LENGTHS.toArray(Long[]::new))
                .bind("corpus", corpus)
                .map((row, context) -> new Lengths(
                        row.getInt("bar"),
                        row.getLong("documents"),
                        row.getLong("characters"),
                        row.getLong("tokens"),
                        row.getLong("uncounted")))
                .list();
    }

    private static Map<String, Long> rejected(Handle transaction, String corpus) {
        return transaction
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
