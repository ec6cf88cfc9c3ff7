package io.minigpt.augmentation.jobs;

import io.minigpt.augmentation.CallKey;
import io.minigpt.augmentation.CallLedger;
import io.minigpt.augmentation.store.CallStore;
import io.minigpt.augmentation.store.ParentWork;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.teacher.TeacherReply;
import java.util.Optional;

/** The ledger of calls as one job sees it: each reply is kept in a transaction of its own while the lease holds. */
final class LeasedCalls implements CallLedger {

    /** The run ended while a question was asked about. */
    static final class RunEndedException extends RuntimeException {

        RunEndedException(String runId) {
            super("run " + runId + " has ended", null, false, false);
        }
    }

    private final Database database;
    private final JobLease lease;
    private final CallStore calls;
    private final ParentWork work;
    private final ParentWork.Task task;

    LeasedCalls(Database database, JobLease lease, CallStore calls, ParentWork work, ParentWork.Task task) {
        this.database = database;
        this.lease = lease;
        this.calls = calls;
        this.work = work;
        this.task = task;
    }

    @Override
    public Optional<String> find(CallKey key) {
        return database.read(handle -> calls.find(handle, key));
    }

    @Override
    public void beforeCall() {
        lease.checkCancelled();
        lease.checkDraining();
        if (!work.wanted(task)) {
            throw new RunEndedException(task.run().id());
        }
    }

    @Override
    public String keep(CallKey key, TeacherReply reply) {
        return lease.transact(transaction -> calls.keep(transaction, task.run().id(), key, reply));
    }
}
