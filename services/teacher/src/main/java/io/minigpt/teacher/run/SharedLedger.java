package io.minigpt.teacher.run;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.database.SharedTransactions;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.platform.jobs.SharedSteps;
import io.minigpt.teacher.calls.CallKey;
import io.minigpt.teacher.calls.CallStore;
import io.minigpt.teacher.calls.GivenReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The ledger of calls for all jobs of a replica: what several want at the same time takes as many statements as one. */
final class SharedLedger<S, K extends CallKey> {

    /**
     * What there is before a call.
     *
     * @param reply the text of the reply, if this was asked before
     * @param run the run; empty if it has ended
     */
    record Standing<S>(Optional<String> reply, Optional<Run<S>> run) {}

    private record Question<K>(String runId, K key) {}

    private final Runs<S> runs;
    private final CallStore<K> calls;
    private final SharedTransactions<Question<K>, Standing<S>> questions;
    private final SharedSteps<GivenReply<K>, String> replies;

    SharedLedger(Database database, Runs<S> runs, CallStore<K> calls) {
        this.runs = runs;
        this.calls = calls;
        this.questions = SharedTransactions.reading(database, this::standings);
        this.replies = new SharedSteps<>(database, calls::keep);
    }

    /** What there is before a run makes a call. */
    Standing<S> standing(String runId, K key) {
        return questions.run(new Question<>(runId, key));
    }

    /** Keeps a reply while the lease holds, see {@link CallStore#keep}. @return its text as it was kept */
    String keep(JobLease lease, GivenReply<K> reply) {
        return replies.run(lease, reply);
    }

    private List<Standing<S>> standings(Handle handle, List<Question<K>> asked) {
        Map<String, String> known = calls.find(
                handle, asked.stream().map(question -> question.key().id()).toList());
        Map<String, Run<S>> unfinished =
                runs.unfinished(handle, asked.stream().map(Question::runId).collect(Collectors.toSet()));
        return asked.stream()
                .map(question -> new Standing<>(
                        Optional.ofNullable(known.get(question.key().id())),
                        Optional.ofNullable(unfinished.get(question.runId()))))
                .toList();
    }
}
