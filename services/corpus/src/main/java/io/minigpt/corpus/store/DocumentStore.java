package io.minigpt.corpus.store;

import com.google.protobuf.Message;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Document;
import io.minigpt.corpus.Entry;
import io.minigpt.corpus.Kind;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.ArtifactWriter;
import io.minigpt.proto.corpus.v1.DocumentImported;
import io.minigpt.proto.corpus.v1.DocumentRetracted;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.StreamPosition;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Texts of documents. */
@ApplicationScoped
class DocumentStore implements ContentStore<Document> {

    /** Longest text that travels in an event, in bytes of UTF-8; a longer one travels as a file. */
    static final int MAX_INLINE_TEXT = 256 * 1024;

    private final ArtifactStore artifacts;

    DocumentStore(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public Kind kind() {
        return Kind.DOCUMENT;
    }

    @Override
    public String upsert() {
        return """
            insert into document (id, external_id, title, url, metadata, original, normalised, characters)
            values (:id, :externalId, :title, :url, :metadata, :original, :normalised, :characters)
            on conflict (id) do update set
                title = excluded.title, url = excluded.url, metadata = excluded.metadata,
                original = excluded.original, normalised = excluded.normalised, characters = excluded.characters
            """;
    }

    @Override
    public void bind(PreparedBatch batch, Document document) {
        boolean unchanged = document.text().equals(document.original());
        batch.bind("id", document.id())
                .bind("externalId", document.externalId())
                .bind("title", document.title())
                .bind("url", document.url())
                .bind("metadata", document.metadata())
                .bind("original", document.original())
                .bind("normalised", unchanged ? null : document.text())
                .bind("characters", document.characters());
    }

    @Override
    public Document load(Handle transaction, String id) {
        return transaction
                .createQuery("select *, coalesce(normalised, original) as text from document where id = :id")
                .bind("id", id)
                .map((row, context) -> new Document(
                        row.getString("id"),
                        row.getString("external_id"),
                        row.getString("title"),
                        row.getString("url"),
                        row.getString("metadata"),
                        row.getString("original"),
                        row.getString("text")))
                .one();
    }

    @Override
    public Message imported(CorpusName corpus, StreamPosition position, Entry entry, Document document) {
        DocumentImported.Builder message = DocumentImported.newBuilder()
                .setPosition(position)
                .setCorpus(corpus.value())
                .setDocumentId(entry.id())
                .setDocumentVersion(entry.version())
                .setSequence(entry.sequence())
                .setExternalId(document.externalId())
                .setTitle(document.title())
                .setUrl(document.url())
                .setCharacters(document.characters());
        byte[] text = document.utf8();
        if (text.length > MAX_INLINE_TEXT) {
            return message.setTextFile(file(corpus, entry, text)).build();
        }
        return message.setText(document.text()).build();
    }

    @Override
    public Message retracted(CorpusName corpus, StreamPosition position, Entry entry, String reason) {
        return DocumentRetracted.newBuilder()
                .setPosition(position)
                .setCorpus(corpus.value())
                .setDocumentId(entry.id())
                .setDocumentVersion(entry.version())
                .setReason(reason)
                .build();
    }

    /** The text as a file whose key is a function of it: writing it again, as a repeated transaction does, is harmless. */
    private Artifact file(CorpusName corpus, Entry entry, byte[] text) {
        String key = "corpora/" + corpus + "/" + entry.id() + "/" + entry.version() + ".txt";
        try (ArtifactWriter writer = artifacts.create(key)) {
            writer.write(text);
            return writer.commit();
        } catch (IOException e) {
            throw new UncheckedIOException("text of document " + entry.id() + " cannot be stored", e);
        }
    }
}
