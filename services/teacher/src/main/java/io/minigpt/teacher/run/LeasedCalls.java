package io.minigpt.teacher.run;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.teacher.TeacherReply;
import io.minigpt.teacher.calls.CallKey;
import io.minigpt.teacher.calls.CallLedger;
import io.minigpt.teacher.calls.CallStore;
import java.util.Optional;

/** The ledger of calls as one job sees it: each reply is kept in a transaction of its own while the lease holds. */
record LeasedCalls<K extends CallKey>(Database database, JobLease lease, CallStore<K> calls, Runs<?> runs, String runId)
        implements CallLedger<K> {

    /** The run ended while a subject was asked about. */
    static final class RunEndedException extends RuntimeException {

        RunEndedException(String runId) {
            super("run " + runId + " has ended", null, false, false);
        }
    }

    @Override
    public Optional<String> find(K key) {
        return database.read(handle -> calls.find(handle, key));
    }

    @Override
    public void beforeCall() {
        lease.checkCancelled();
        lease.checkDraining();
        if (!database.read(handle -> runs.unfinished(handle, runId).isPresent())) {
            throw new RunEndedException(runId);
        }
    }

    @Override
    public String keep(K key, TeacherReply reply) {
        return lease.transact(transaction -> calls.keep(transaction, runId, key, reply));
    }
}
