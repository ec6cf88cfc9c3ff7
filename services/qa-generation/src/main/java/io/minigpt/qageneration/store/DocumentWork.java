package io.minigpt.qageneration.store;

import io.minigpt.platform.database.Database;
import io.minigpt.qageneration.Findings;
import io.minigpt.qageneration.Run;
import io.minigpt.qageneration.Shortfall;
import io.minigpt.qageneration.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is done with one document of a run, from what is to be done to what came of it. */
@ApplicationScoped
public class DocumentWork {

    /** A document of a run to ask about. */
    public record Task(Run run, RunDocument document, Subject subject) {}

    private static final PairStore.Change NOTHING = new PairStore.Change(0, 0, 0);

    private final Database database;
    private final Runs runs;
    private final RunStore runRows;
    private final RunDocumentStore documents;
    private final DocumentStore corpus;
    private final PairStore pairs;
    private final PairSetStore sets;
    private final RefusalStore refusals;
    private final CallStore calls;

    DocumentWork(
            Database database,
            Runs runs,
            RunStore runRows,
            RunDocumentStore documents,
            DocumentStore corpus,
            PairStore pairs,
            PairSetStore sets,
            RefusalStore refusals,
            CallStore calls) {
        this.database = database;
        this.runs = runs;
        this.runRows = runRows;
        this.documents = documents;
        this.corpus = corpus;
        this.pairs = pairs;
        this.sets = sets;
        this.refusals = refusals;
        this.calls = calls;
    }

    /** The task of a job; empty if there is nothing to ask: the run has ended, or the document is gone or complete. */
    public Optional<Task> task(String jobId) {
        return database.read(handle -> {
            Optional<RunDocument> document = documents.ofJob(handle, jobId);
            return document.flatMap(pending -> runRows.find(handle, pending.runId())
                    .filter(run -> !run.state().ended())
                    .filter(run -> sets.complete(handle, run, pending).isEmpty())
                    .flatMap(run -> corpus.active(handle, pending.documentId(), pending.documentVersion())
                            .map(subject -> new Task(run, pending, subject))));
        });
    }

    /** Whether the run of a task still wants it. */
    public boolean wanted(Task task) {
        return database.read(handle -> runRows.find(handle, task.run().id()))
                .filter(run -> !run.state().ended())
                .isPresent();
    }

    /** Publishes what was found about a document, unless its text has changed meanwhile or the run has ended. */
    public void complete(Handle transaction, Task task, Findings findings) {
        end(transaction, task.document().jobId(), (run, document) -> {
            PairStore.Change change = pairs.publish(transaction, run, document, findings);
            refusals.refuse(transaction, document, findings.refusals());
            findings.shortfalls().forEach(shortfall -> refusals.giveUp(transaction, document, shortfall));
            if (findings.complete()) {
                documents.end(transaction, document, RunDocumentStore.Outcome.DONE, null, change);
            } else {
                String reason = findings.shortfalls().getFirst().reason();
                documents.end(transaction, document, RunDocumentStore.Outcome.FAILED, reason, change);
            }
        });
    }

    /** Ends a document about which there was nothing to ask. */
    public void skip(Handle transaction, String jobId) {
        end(transaction, jobId, (run, document) -> {
            throw new IllegalStateException(
                    "document " + document.documentId() + " has come back meanwhile; it will be tried again");
        });
    }

    /** Gives a document up. */
    public void giveUp(Handle transaction, String jobId, String reason) {
        end(transaction, jobId, (run, document) -> {
            refusals.giveUp(
                    transaction, document, new Shortfall(0, 0, reason, calls.about(transaction, run, document)));
            documents.end(transaction, document, RunDocumentStore.Outcome.FAILED, reason, NOTHING);
        });
    }

    @FunctionalInterface
    private interface Ending {
        void end(Run run, RunDocument document);
    }

    /** Ends a document in its own way unless it is complete or gone, and lets the run go on. */
    private void end(Handle transaction, String jobId, Ending ending) {
        Optional<RunDocument> pending = documents.ofJob(transaction, jobId);
        if (pending.isEmpty()) {
            return;
        }
        RunDocument document = pending.get();
        Optional<Run> open = runs.open(transaction, document.runId());
        if (open.isEmpty()) {
            return;
        }
        Run run = open.get();
        CorpusLock.take(transaction, run.corpus());
        Optional<Integer> complete = sets.complete(transaction, run, document);
        if (complete.isPresent()) {
            PairStore.Change reused = new PairStore.Change(complete.get(), 0, 0);
            documents.end(transaction, document, RunDocumentStore.Outcome.REUSED, null, reused);
        } else if (!corpus.isActive(transaction, document.documentId(), document.documentVersion())) {
            String reason = "the document was retracted or has another text now";
            documents.end(transaction, document, RunDocumentStore.Outcome.GONE, reason, NOTHING);
        } else {
            ending.end(run, document);
        }
        runs.advance(transaction, run);
    }
}
