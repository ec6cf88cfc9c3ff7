package io.minigpt.qageneration.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.proto.corpus.v1.DocumentImported;
import io.minigpt.proto.corpus.v1.DocumentRetracted;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.qageneration.Subject;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.CorpusLock;
import io.minigpt.teacher.run.RunSubject;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** The documents of all corpora, as last heard of. */
@ApplicationScoped
public class DocumentStore {

    private final ArtifactStore artifacts;
    private final PairStore pairs;
    private final Erasure erasure;

    DocumentStore(ArtifactStore artifacts, PairStore pairs, Erasure erasure) {
        this.artifacts = artifacts;
        this.pairs = pairs;
        this.erasure = erasure;
    }

    /** Applies the fact unless a newer one is known; pairs of another version of the text are retracted. */
    public void imported(Handle transaction, DocumentImported fact, Cause cause) {
        CorpusLock.take(transaction, fact.getCorpus());
        int applied = transaction
                .createUpdate("""
                        insert into document (id, corpus, version, sequence, title, text, text_file, state, revision)
                        values (:id, :corpus, :version, :sequence, :title, :text, :file, 'active', :revision)
                        on conflict (id) do update set
                            version = excluded.version, sequence = excluded.sequence, title = excluded.title,
                            text = excluded.text, text_file = excluded.text_file, state = excluded.state,
                            erased = false, revision = excluded.revision
                        where excluded.revision > document.revision
                        """)
                .bind("id", fact.getDocumentId())
                .bind("corpus", fact.getCorpus())
                .bind("version", fact.getDocumentVersion())
                .bind("sequence", fact.getSequence())
                .bind("title", fact.getTitle())
                .bind("text", fact.hasTextFile() ? null : fact.getText())
                .bind("file", fact.hasTextFile() ? fact.getTextFile().toByteArray() : null)
                .bind("revision", fact.getPosition().getRevision())
                .execute();
        if (applied > 0) {
            pairs.retractOtherVersions(
                    transaction,
                    fact.getCorpus(),
                    fact.getDocumentId(),
                    fact.getDocumentVersion(),
                    "the document has another text now",
                    cause);
        }
    }

    /** Applies the fact unless a newer one is known; all pairs of the document are retracted, or erased with it. */
    public void retracted(Handle transaction, DocumentRetracted fact, Cause cause) {
        CorpusLock.take(transaction, fact.getCorpus());
        int applied = transaction
                .createUpdate("""
                        insert into document (id, corpus, version, sequence, title, state, erased, revision)
                        values (:id, :corpus, :version, 0, '', 'retracted', :erased, :revision)
                        on conflict (id) do update set
                            version = excluded.version, text = null, text_file = null, state = excluded.state,
                            title = case when excluded.erased then '' else document.title end,
                            erased = excluded.erased, revision = excluded.revision
                        where excluded.revision > document.revision
                        """)
                .bind("id", fact.getDocumentId())
                .bind("corpus", fact.getCorpus())
                .bind("version", fact.getDocumentVersion())
                .bind("erased", fact.getErased())
                .bind("revision", fact.getPosition().getRevision())
                .execute();
        if (applied > 0 && fact.getErased()) {
            erasure.erase(transaction, fact.getCorpus(), fact.getDocumentId(), cause);
        } else if (applied > 0) {
            pairs.retractOtherVersions(
                    transaction, fact.getCorpus(), fact.getDocumentId(), "", "the document was retracted", cause);
        }
    }

    /** Whether anything was ever heard of the corpus. */
    public boolean knows(Handle transaction, String corpus) {
        return transaction
                .createQuery("select exists (select from document where corpus = :corpus)")
                .bind("corpus", corpus)
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether the document counts now in this version. */
    boolean isActive(Handle transaction, String id, String version) {
        return transaction
                .createQuery(
                        "select exists (select from document where id = :id and version = :version and state = 'active')")
                .bind("id", id)
                .bind("version", version)
                .mapTo(Boolean.class)
                .one();
    }

    /** Ids of the documents that count now in the versions of a run. */
    public Set<String> active(Handle transaction, List<RunSubject> subjects) {
        return transaction
                .createQuery("""
                        select d.id from document d
                        join unnest(:ids::text[], :versions::text[]) as asked (id, version) using (id, version)
                        where d.state = 'active'
                        """)
                .bind("ids", subjects.stream().map(RunSubject::id).toArray(String[]::new))
                .bind("versions", subjects.stream().map(RunSubject::version).toArray(String[]::new))
                .mapTo(String.class)
                .set();
    }

    /** The documents that count now in the versions of a run, by their ids; a text in a file is read when asked for. */
    public Map<String, Supplier<Subject>> contents(Handle handle, List<RunSubject> subjects) {
        Map<String, Supplier<Subject>> contents = new HashMap<>();
        handle.createQuery("""
                        select d.id, d.version, d.title, d.text, d.text_file from document d
                        join unnest(:ids::text[], :versions::text[]) as asked (id, version) using (id, version)
                        where d.state = 'active'
                        """)
                .bind("ids", subjects.stream().map(RunSubject::id).toArray(String[]::new))
                .bind("versions", subjects.stream().map(RunSubject::version).toArray(String[]::new))
                .map((row, context) -> contents.put(row.getString("id"), subject(row)))
                .list();
        return contents;
    }

    private Supplier<Subject> subject(ResultSet row) throws SQLException {
        String id = row.getString("id");
        String version = row.getString("version");
        String title = row.getString("title");
        String text = row.getString("text");
        byte[] file = row.getBytes("text_file");
        return () -> new Subject(id, version, title, file == null ? text : read(file));
    }

    private String read(byte[] file) {
        try (InputStream in = artifacts.open(Artifact.parseFrom(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the database holds a broken artifact reference", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the text of a document cannot be read", e);
        }
    }
}
