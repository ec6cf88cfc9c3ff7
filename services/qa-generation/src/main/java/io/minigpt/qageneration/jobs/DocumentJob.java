package io.minigpt.qageneration.jobs;

import io.minigpt.qageneration.Findings;
import io.minigpt.qageneration.GenerationConfig;
import io.minigpt.qageneration.GenerationScope;
import io.minigpt.qageneration.Interview;
import io.minigpt.qageneration.PassageCall;
import io.minigpt.qageneration.Shortfall;
import io.minigpt.qageneration.Subject;
import io.minigpt.qageneration.store.DocumentStore;
import io.minigpt.qageneration.store.GenerationRuns;
import io.minigpt.qageneration.store.PairStore;
import io.minigpt.qageneration.store.PassageCalls;
import io.minigpt.qageneration.store.RefusalStore;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.calls.CallLedger;
import io.minigpt.teacher.run.Answered;
import io.minigpt.teacher.run.Ending;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;
import io.minigpt.teacher.run.SubjectJob;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Asks a teacher about one document of a run, and publishes the pairs that its replies hold. */
@Singleton
class DocumentJob extends SubjectJob<GenerationScope, Subject, PassageCall, Findings> {

    private final PassageCalls calls;
    private final DocumentStore documents;
    private final PairStore pairs;
    private final RefusalStore refusals;
    private final GenerationConfig config;

    DocumentJob(
            GenerationRuns runs,
            PassageCalls calls,
            DocumentStore documents,
            PairStore pairs,
            RefusalStore refusals,
            GenerationConfig config) {
        super(runs, calls);
        this.calls = calls;
        this.documents = documents;
        this.pairs = pairs;
        this.refusals = refusals;
        this.config = config;
    }

    @Override
    public Map<String, Integer> complete(Handle transaction, Run<GenerationScope> run, List<RunSubject> asked) {
        return pairs.complete(transaction, run, asked);
    }

    @Override
    public Set<String> active(Handle transaction, List<RunSubject> asked) {
        return documents.active(transaction, asked);
    }

    @Override
    protected Map<String, Supplier<Subject>> contents(Handle handle, List<RunSubject> asked) {
        return documents.contents(handle, asked);
    }

    @Override
    protected Findings ask(Run<GenerationScope> run, Subject document, Teacher teacher, CallLedger<PassageCall> ledger)
            throws InterruptedException {
        return Interview.about(document, run.scope().depth(), teacher, run.promptVersion(), config, ledger);
    }

    @Override
    public List<Ending> publish(
            Handle transaction, Run<GenerationScope> run, List<Answered<Subject, Findings>> answered) {
        refusals.refuse(transaction, answered);
        for (Answered<Subject, Findings> document : answered) {
            for (Shortfall shortfall : document.findings().shortfalls()) {
                refusals.giveUp(transaction, document.subject(), shortfall);
            }
        }
        return pairs.publish(transaction, run, answered);
    }

    @Override
    public void gaveUp(Handle transaction, Run<GenerationScope> run, RunSubject document, String reason) {
        refusals.giveUp(transaction, document, new Shortfall(0, 0, reason, calls.about(transaction, run, document)));
    }
}
