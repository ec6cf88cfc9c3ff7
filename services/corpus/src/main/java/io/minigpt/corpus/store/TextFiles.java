package io.minigpt.corpus.store;

import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Entry;
import io.minigpt.corpus.Kind;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.ArtifactWriter;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.proto.event.v1.Artifact;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Texts that are too long for an event, as files. Those of an erased document are removed by a job, since a file cannot
 * be part of the transaction that erases it.
 */
@ApplicationScoped
class TextFiles implements JobHandler {

    private static final Logger LOG = Logger.getLogger(TextFiles.class);
    private static final String KIND = "text-removal";

    private final ArtifactStore artifacts;
    private final Database database;
    private final EntryStore entries;

    TextFiles(ArtifactStore artifacts, Database database, EntryStore entries) {
        this.artifacts = artifacts;
        this.database = database;
        this.entries = entries;
    }

    /** Writes a text. Its key is a function of it: writing it again, as a repeated transaction does, is harmless. */
    Artifact write(CorpusName corpus, Entry entry, byte[] text) {
        try (ArtifactWriter writer = artifacts.create(folder(corpus, entry.id()) + "/" + entry.version() + ".txt")) {
            writer.write(text);
            return writer.commit();
        } catch (IOException e) {
            throw new UncheckedIOException("text of document " + entry.id() + " cannot be stored", e);
        }
    }

    /** What removes all texts of a document, unless it counts again by then. */
    static Job removal(CorpusName corpus, String documentId) {
        // a document can be imported and erased again
        String id = KIND + "/" + UUID.randomUUID();
        byte[] document = (corpus + "/" + documentId).getBytes(StandardCharsets.UTF_8);
        return Job.of(id, KIND, document, "", "");
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobLease lease) {
        String[] document = document(lease.job()).split("/", 2);
        CorpusName corpus = new CorpusName(document[0]);
        database.run(transaction -> {
            entries.lock(transaction, corpus);
            if (entries.find(transaction, corpus, Kind.DOCUMENT, document[1])
                    .filter(Entry::isActive)
                    .isEmpty()) {
                remove(folder(corpus, document[1]));
            }
        });
    }

    @Override
    public void failed(Handle transaction, Job job, String reason) {
        LOG.errorf("text of the erased document %s stays in the artifact store: %s", document(job), reason);
    }

    @Override
    public void cancelled(Handle transaction, Job job, String reason) {
        failed(transaction, job, reason);
    }

    private void remove(String folder) {
        try {
            artifacts.deleteAll(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("files under " + folder + " cannot be removed", e);
        }
    }

    private static String folder(CorpusName corpus, String documentId) {
        return "corpora/" + corpus + "/" + documentId;
    }

    private static String document(Job job) {
        return new String(job.payload(), StandardCharsets.UTF_8);
    }
}
