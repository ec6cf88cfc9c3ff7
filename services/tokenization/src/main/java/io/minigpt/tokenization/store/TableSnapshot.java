package io.minigpt.tokenization.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.minigpt.platform.Ids;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.tokenization.DocumentCandidate;
import io.minigpt.tokenization.PairCandidate;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.RecordContent;
import io.minigpt.tokenization.RecordContent.Origin;
import io.minigpt.tokenization.RecordKind;
import io.minigpt.tokenization.RecordSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The record table within one read-only transaction. */
final class TableSnapshot implements RecordSnapshot {

    private static final int FETCH_ROWS = 2_000;

    private final Handle transaction;
    private final ArtifactStore artifacts;
    private final String corpus;

    TableSnapshot(Handle transaction, ArtifactStore artifacts, String corpus) {
        this.transaction = transaction;
        this.artifacts = artifacts;
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
    public Map<String, RecordContent> contents(Collection<String> ids) {
        Map<String, RecordContent> contents = new HashMap<>();
        transaction
                .createQuery("select * from record where id = any(:ids)")
                .bind("ids", ids.toArray(String[]::new))
                .map((row, context) -> content(row))
                .forEach(content -> contents.put(content.id(), content));
        if (contents.size() != ids.size()) {
            throw new IllegalStateException(
                    ids.size() - contents.size() + " of " + ids.size() + " records are not in the table");
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

    private static PairCandidate pair(ResultSet row) throws SQLException {
        return new PairCandidate(
                row.getString("id"),
                RecordKind.of(row.getString("kind")),
                row.getString("parent_id"),
                row.getString("family_id"),
                row.getString("split_document_id"),
                row.getLong("sequence"),
                row.getInt("parent_ordinal"),
                row.getInt("ordinal"),
                // a hash, so that a million questions need not be in memory
                Ids.of(row.getString("question")));
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
                ? new RecordContent.Document(id, text(row), origin)
                : new RecordContent.Pair(id, row.getString("question"), row.getString("answer"), origin);
    }

    private String text(ResultSet row) throws SQLException {
        byte[] file = row.getBytes("text_file");
        if (file == null) {
            return row.getString("text");
        }
        try (InputStream in = artifacts.open(Artifact.parseFrom(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("record " + row.getString("id") + " names no readable file", e);
        } catch (IOException e) {
            throw new UncheckedIOException("text of document " + row.getString("id") + ": " + e.getMessage(), e);
        }
    }

    private static String emptyToNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
