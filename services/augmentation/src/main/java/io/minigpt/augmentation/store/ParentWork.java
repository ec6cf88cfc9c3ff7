package io.minigpt.augmentation.store;

import io.minigpt.augmentation.Findings;
import io.minigpt.augmentation.Parent;
import io.minigpt.augmentation.Run;
import io.minigpt.augmentation.store.RunParentStore.Outcome;
import io.minigpt.platform.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/** What is done with one question of a run, from what is to be done to what came of it. */
@ApplicationScoped
public class ParentWork {

    /** A question of a run to ask about. */
    public record Task(Run run, String jobId, Parent parent) {}

    private final Database database;
    private final Runs runs;
    private final RunStore runRows;
    private final RunParentStore runParents;
    private final ParentStore parents;
    private final VariantStore variants;
    private final VariantSetStore sets;

    ParentWork(
            Database database,
            Runs runs,
            RunStore runRows,
            RunParentStore runParents,
            ParentStore parents,
            VariantStore variants,
            VariantSetStore sets) {
        this.database = database;
        this.runs = runs;
        this.runRows = runRows;
        this.runParents = runParents;
        this.parents = parents;
        this.variants = variants;
        this.sets = sets;
    }

    /** The task of a job; empty if there is nothing to ask: the run has ended, or the question is gone or complete. */
    public Optional<Task> task(String jobId) {
        return database.read(handle -> {
            Optional<RunParent> pending = runParents.ofJob(handle, jobId);
            return pending.flatMap(parent -> runRows.find(handle, parent.runId())
                    .filter(run -> !run.state().ended())
                    .filter(run -> sets.complete(handle, run, parent).isEmpty())
                    .flatMap(run -> parents.active(handle, parent.parentId(), parent.content())
                            .map(active -> new Task(run, jobId, active))));
        });
    }

    /** Whether the run of a task still wants it. */
    public boolean wanted(Task task) {
        return database.read(handle -> runRows.find(handle, task.run().id()))
                .filter(run -> !run.state().ended())
                .isPresent();
    }

    /** Publishes what was found, unless the question has changed meanwhile or the run has ended. */
    public void complete(Handle transaction, Task task, Findings findings) {
        end(transaction, task.jobId(), (run, parent) -> {
            VariantStore.Change change = variants.publish(transaction, run, task.parent(), findings);
            sets.replace(transaction, run, parent, change.variants());
            sets.refuse(transaction, parent, findings);
            runParents.end(transaction, parent, Outcome.DONE, null, change);
        });
    }

    /** Ends a question about which there was nothing to ask. */
    public void skip(Handle transaction, String jobId) {
        end(transaction, jobId, (run, parent) -> {
            throw new IllegalStateException(
                    "question " + parent.parentId() + " has come back meanwhile; it will be tried again");
        });
    }

    /** Gives a question up. */
    public void giveUp(Handle transaction, String jobId, String reason) {
        end(
                transaction,
                jobId,
                (run, parent) -> runParents.end(transaction, parent, Outcome.FAILED, reason, VariantStore.Change.NONE));
    }

    @FunctionalInterface
    private interface Ending {
        void end(Run run, RunParent parent);
    }

    /** Ends a question in its own way unless it is complete or gone, and lets the run go on. */
    private void end(Handle transaction, String jobId, Ending ending) {
        Optional<RunParent> pending = runParents.ofJob(transaction, jobId);
        if (pending.isEmpty()) {
            return;
        }
        RunParent parent = pending.get();
        Optional<Run> open = runs.open(transaction, parent.runId());
        if (open.isEmpty()) {
            return;
        }
        Run run = open.get();
        CorpusLock.take(transaction, run.corpus());
        OptionalInt complete = sets.complete(transaction, run, parent);
        if (complete.isPresent()) {
            VariantStore.Change reused = new VariantStore.Change(complete.getAsInt(), 0, 0);
            runParents.end(transaction, parent, Outcome.REUSED, null, reused);
        } else if (parents.active(transaction, parent.parentId(), parent.content())
                .isEmpty()) {
            String reason = "the question was retracted or has other words now";
            runParents.end(transaction, parent, Outcome.GONE, reason, VariantStore.Change.NONE);
        } else {
            ending.end(run, parent);
        }
        runs.advance(transaction, run);
    }
}
