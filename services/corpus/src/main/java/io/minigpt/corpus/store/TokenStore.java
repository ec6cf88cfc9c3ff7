package io.minigpt.corpus.store;

import io.minigpt.platform.jobs.Job;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;

/** How many tokens documents have. */
@ApplicationScoped
public class TokenStore {

    /** Kind of the jobs that count them. */
    public static final String JOB = "token-count";

    private static final int FETCH_TEXTS = 32;
    private static final int PAGE = 500;
    /** Characters that are enough for one piece. */
    private static final long MOST_CHARACTERS = 2_000_000;

    /** A document to be counted. */
    public record Text(String id, String version, long sequence, String text) {}

    /** A counted one. */
    public record Tokens(String id, String version, long tokens) {}

    /** What counts the documents that an import brought. */
    static Job job(String importId, String corpus) {
        return Job.of(JOB + "/" + importId, JOB, corpus.getBytes(StandardCharsets.UTF_8), "", "");
    }

    /** Active documents of a corpus after a sequence number whose tokens are not counted, a piece of them. */
    public List<Text> uncounted(Handle transaction, String corpus, long after) {
        List<Text> texts = new ArrayList<>();
        try (ResultIterator<Text> rows = transaction
                .createQuery("""
                        select id, version, sequence, coalesce(normalised, original) as text
                        from entry join document using (id)
                        where corpus = :corpus and kind = 'document' and state = 'active' and sequence > :after
                          and not exists (select from document_tokens counted
                                          where counted.id = entry.id and counted.version = entry.version)
                        order by sequence limit :page
                        """)
                .bind("corpus", corpus)
                .bind("after", after)
                .bind("page", PAGE)
                .setFetchSize(FETCH_TEXTS)
                .map((row, context) -> new Text(
                        row.getString("id"), row.getString("version"), row.getLong("sequence"), row.getString("text")))
                .iterator()) {
            long characters = 0;
            while (characters < MOST_CHARACTERS && rows.hasNext()) {
                Text text = rows.next();
                texts.add(text);
                characters += text.text().length();
            }
        }
        return texts;
    }

    /** Notes counts; the statistics of the corpus have changed with them. */
    public void put(Handle transaction, String corpus, List<Tokens> counted) {
        PreparedBatch batch = transaction.prepareBatch("""
                insert into document_tokens (id, version, tokens) values (:id, :version, :tokens)
                on conflict (id) do update set version = excluded.version, tokens = excluded.tokens
                """);
        for (Tokens tokens : counted) {
            batch.bind("id", tokens.id())
                    .bind("version", tokens.version())
                    .bind("tokens", tokens.tokens())
                    .add();
        }
        batch.execute();
        transaction
                .createUpdate("update corpus set changes = changes + 1 where name = :corpus")
                .bind("corpus", corpus)
                .execute();
    }
}
