package io.minigpt.corpus.store;

import com.google.protobuf.Message;
import io.minigpt.corpus.Bands;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Document;
import io.minigpt.corpus.Entry;
import io.minigpt.corpus.Fingerprint;
import io.minigpt.corpus.Kind;
import io.minigpt.corpus.Shingles;
import io.minigpt.corpus.Withdrawal;
import io.minigpt.platform.database.BulkInsert;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.proto.corpus.v1.DocumentImported;
import io.minigpt.proto.corpus.v1.DocumentRetracted;
import io.minigpt.proto.event.v1.StreamPosition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Texts of documents. */
@ApplicationScoped
class DocumentStore implements ContentStore<Document> {

    private static final List<String> COLUMNS =
            List.of("id", "external_id", "title", "url", "metadata", "original", "normalised", "characters");

    /** Longest text that travels in an event, in bytes of UTF-8; a longer one travels as a file. */
    static final int MAX_INLINE_TEXT = 256 * 1024;

    private final TextFiles files;
    private final JobQueue jobs;

    DocumentStore(TextFiles files, JobQueue jobs) {
        this.files = files;
        this.jobs = jobs;
    }

    @Override
    public Kind kind() {
        return Kind.DOCUMENT;
    }

    @Override
    public void insert(Handle transaction, List<Document> documents) {
        BulkInsert.insert(
                transaction,
                "document",
                COLUMNS,
                documents,
                (row, document) -> row.text(document.id())
                        .text(document.externalId())
                        .text(document.title())
                        .text(document.url())
                        .text(document.metadata())
                        .text(document.original())
                        .text(normalised(document))
                        .number(document.characters()));
    }

    @Override
    public void update(Handle transaction, List<Document> documents) {
        if (documents.isEmpty()) {
            return;
        }
        PreparedBatch batch = transaction.prepareBatch("""
                update document set title = :title, url = :url, metadata = :metadata, original = :original,
                                    normalised = :normalised, characters = :characters
                where id = :id
                """);
        for (Document document : documents) {
            batch.bind("id", document.id())
                    .bind("title", document.title())
                    .bind("url", document.url())
                    .bind("metadata", document.metadata())
                    .bind("original", document.original())
                    .bind("normalised", normalised(document))
                    .bind("characters", document.characters())
                    .add();
        }
        batch.execute();
    }

    @Override
    public void erase(Handle transaction, CorpusName corpus, Entry entry) {
        transaction.createUpdate("""
                        update document set title = '', url = '', metadata = '{}', original = '', normalised = null,
                                            characters = 0
                        where id = :id
                        """).bind("id", entry.id()).execute();
        jobs.submit(transaction, TextFiles.removal(corpus, entry.id()));
    }

    @Override
    public Document load(Handle transaction, CorpusName corpus, Entry entry) {
        return transaction
                .createQuery("select *, coalesce(normalised, original) as text from document where id = :id")
                .bind("id", entry.id())
                .map((row, context) -> new Document(
                        row.getString("id"),
                        row.getString("external_id"),
                        row.getString("title"),
                        row.getString("url"),
                        row.getString("metadata"),
                        row.getString("original"),
                        row.getString("text"),
                        new Fingerprint(
                                entry.version(),
                                entry.contentHash(),
                                Bands.of(corpus, Shingles.of(row.getString("text"))))))
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
            return message.setTextFile(files.write(corpus, entry, text)).build();
        }
        return message.setText(document.text()).build();
    }

    @Override
    public Message retracted(CorpusName corpus, StreamPosition position, Entry entry, Withdrawal withdrawal) {
        return DocumentRetracted.newBuilder()
                .setPosition(position)
                .setCorpus(corpus.value())
                .setDocumentId(entry.id())
                .setDocumentVersion(entry.version())
                .setReason(withdrawal.reason())
                .setErased(withdrawal.erases())
                .build();
    }

    /** The column of that name: null says that normalisation changed nothing. */
    private static String normalised(Document document) {
        return document.text().equals(document.original()) ? null : document.text();
    }
}
