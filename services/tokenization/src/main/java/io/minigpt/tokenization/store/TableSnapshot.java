package io.minigpt.tokenization.store;

import io.minigpt.platform.Ids;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.tokenization.DocumentCandidate;
import io.minigpt.tokenization.ImportedItem;
import io.minigpt.tokenization.PairCandidate;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.RecordContent;
import io.minigpt.tokenization.RecordContent.Origin;
import io.minigpt.tokenization.RecordKind;
import io.minigpt.tokenization.RecordSnapshot;
import io.minigpt.tokenization.SetUse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;

/** The record table within one read-only transaction. */
final class TableSnapshot implements RecordSnapshot {

    private static final int FETCH_ROWS = 2_000;
    /** Rows with texts that are fetched together; a text in the table has 256 KiB at most. */
    private static final int FETCH_TEXTS = 32;
    /** Characters that are enough for one piece. */
    private static final long MOST_CHARACTERS = 1_000_000;

    /** Digits of a question's hash, 128 bits. */
    private static final int KEY_DIGITS = 32;

    private final Handle transaction;
    private final DocumentTexts texts;
    private final String corpus;
    /** Ids that many rows share, each once: a million pairs have far fewer parents and documents. */
    private final Map<String, String> shared = new HashMap<>();

    TableSnapshot(Handle transaction, DocumentTexts texts, String corpus) {
        this.transaction = transaction;
        this.texts = texts;
        this.corpus = corpus;
    }

    @Override
    public List<DocumentCandidate> documents() {
        return transaction
                .createQuery("""
                        select id, sequence from record
                        where corpus = :corpus and kind = 'document' and state = 'active'
                        """)
                .bind("corpus", corpus)
                .setFetchSize(FETCH_ROWS)
                .map((row, context) -> new DocumentCandidate(row.getString("id"), row.getLong("sequence")))
                .list();
    }

    @Override
    public List<PairCandidate> pairs() {
        return transaction
                .createQuery("select * from active_pair where corpus = :corpus")
                .bind("corpus", corpus)
                .setFetchSize(FETCH_ROWS)
                .map((row, context) -> pair(row))
                .list();
    }

    @Override
    public List<ImportedItem> imported(List<String> sets) {
        List<ImportedItem> items = transaction
                .createQuery("""
                        select id, evaluation_set, evaluation_use, ordinal, question, document_id from record
                        where kind = 'imported' and state = 'active' and corpus = :corpus
                          and evaluation_set = any(:sets)
                        """)
                .bind("corpus", corpus)
                .bind("sets", sets.toArray(String[]::new))
                .map((row, context) -> new ImportedItem(
                        row.getString("id"),
                        row.getString("evaluation_set"),
                        SetUse.of(row.getString("evaluation_use")),
                        row.getInt("ordinal"),
                        questionKey(row.getString("question")),
                        Optional.ofNullable(row.getString("document_id"))))
                .list();
        for (String set : sets) {
            if (items.stream().noneMatch(item -> item.set().equals(set))) {
                throw new InvalidRequestException(
                        "corpus '" + corpus + "' has no evaluation set '" + set + "'; import it first");
            }
        }
        return items;
    }

    @Override
    public List<RecordContent> contents(List<String> ids) {
        List<RecordContent> contents = new ArrayList<>();
        try (ResultIterator<RecordContent> rows = transaction
                .createQuery("""
                        select record.* from unnest(:ids) with ordinality as wanted (id, place)
                        join record using (id) order by place
                        """)
                .bind("ids", ids.toArray(String[]::new))
                .setFetchSize(FETCH_TEXTS)
                .map((row, context) -> content(row))
                .iterator()) {
            long characters = 0;
            while (characters < MOST_CHARACTERS && rows.hasNext()) {
                RecordContent content = rows.next();
                if (!content.id().equals(ids.get(contents.size()))) {
                    throw new IllegalStateException("record " + ids.get(contents.size()) + " is not in the table");
                }
                contents.add(content);
                characters += content.characters();
            }
            if (contents.size() < ids.size() && characters < MOST_CHARACTERS) {
                throw new IllegalStateException("record " + ids.get(contents.size()) + " is not in the table");
            }
        }
        return contents;
    }

    @Override
    public List<StreamRevision> inputs(Purpose purpose) {
        Stream<String> streams =
                switch (purpose) {
                    case PRETRAINING -> Stream.of("corpus/");
                    case SFT -> Stream.of("corpus/", "generation/", "augmentation/");
                };
        return streams.map(prefix -> received(transaction, prefix + corpus))
                .filter(revision -> revision.getRevision() > 0)
                .toList();
    }

    /** What has arrived of a stream, up to the last number before the first gap. */
    static StreamRevision received(Handle transaction, String stream) {
        long revision = transaction
                .createQuery("""
                        select coalesce(max(upper(part) - 1), 0)
                        from stream_received, unnest(received) part
                        where stream = :stream and lower(part) = 1
                        """)
                .bind("stream", stream)
                .mapTo(Long.class)
                .one();
        return StreamRevision.newBuilder()
                .setStream(stream)
                .setRevision(revision)
                .build();
    }

    private PairCandidate pair(ResultSet row) throws SQLException {
        return new PairCandidate(
                row.getString("id"),
                RecordKind.of(row.getString("kind")),
                shared(row.getString("parent_id")),
                shared(row.getString("family_id")),
                shared(row.getString("split_document_id")),
                row.getLong("sequence"),
                row.getInt("parent_ordinal"),
                row.getInt("ordinal"),
                questionKey(row.getString("question")),
                shared(row.getString("prompt_version")),
                row.getDouble("grounding"));
    }

    /** A hash, so that a million questions need not be in memory. */
    private static String questionKey(String question) {
        return Ids.of(question).substring(0, KEY_DIGITS);
    }

    private String shared(String id) {
        return id == null ? null : shared.computeIfAbsent(id, first -> first);
    }

    private RecordContent content(ResultSet row) throws SQLException {
        String id = row.getString("id");
        Origin origin = new Origin(
                row.getString("document_id"),
                row.getString("document_version"),
                row.getObject("passage_start", Integer.class),
                row.getObject("passage_end", Integer.class),
                emptyToNull(row.getString("prompt_version")),
                emptyToNull(row.getString("teacher")),
                emptyToNull(row.getString("recipe")));
        return RecordKind.of(row.getString("kind")) == RecordKind.DOCUMENT
                ? new RecordContent.Document(
                        id, texts.read(id, row.getString("text"), row.getBytes("text_file")), origin)
                : new RecordContent.Pair(id, row.getString("question"), row.getString("answer"), origin);
    }

    private static String emptyToNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
