package io.minigpt.teacher.run;

import io.minigpt.teacher.calls.CallStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Ends subjects of runs and lets the runs go on, for many subjects by as many statements as for one. */
final class SubjectEndings<S, C, F> {

    /** Subjects that fail, and none that does not, before the run is taken to be without hope. */
    private static final int HOPELESS = 20;

    private final Runs<S> runs;
    private final RunSubjects subjects;
    private final CallStore<?> calls;
    private final SubjectResults<S, C, F> results;

    SubjectEndings(Runs<S> runs, RunSubjects subjects, CallStore<?> calls, SubjectResults<S, C, F> results) {
        this.runs = runs;
        this.subjects = subjects;
        this.calls = calls;
        this.results = results;
    }

    /** Ends those that are not ended yet, each in its own way unless it is complete or gone. @param outcomes by job */
    void end(Handle transaction, Map<String, Outcome<C, F>> outcomes) {
        Map<String, List<RunSubject>> byRun = subjects.ofJobs(transaction, outcomes.keySet()).stream()
                .collect(Collectors.groupingBy(RunSubject::runId, TreeMap::new, Collectors.toList()));
        // always in the order of their ids: others lock several runs too
        byRun.forEach((runId, pending) ->
                runs.open(transaction, runId).ifPresent(run -> end(transaction, run, pending, outcomes)));
    }

    private void end(Handle transaction, Run<S> run, List<RunSubject> pending, Map<String, Outcome<C, F>> outcomes) {
        CorpusLock.take(transaction, run.corpus());
        Map<String, Integer> complete = results.complete(transaction, run, pending);
        Set<String> active = results.active(transaction, pending);
        Map<RunSubject, Ending> endings = new LinkedHashMap<>();
        List<RunSubject> asked = new ArrayList<>();
        for (RunSubject subject : pending) {
            if (complete.containsKey(subject.id())) {
                endings.put(subject, new Ending(Ending.State.REUSED, null, complete.get(subject.id()), 0, 0));
            } else if (!active.contains(subject.id())) {
                String reason = "the " + runs.subject() + " was retracted or says something else now";
                endings.put(subject, Ending.without(Ending.State.GONE, reason));
            } else {
                asked.add(subject);
            }
        }
        endings.putAll(endings(transaction, run, asked, outcomes));
        subjects.end(transaction, run.id(), endings);
        goOn(transaction, run, endings.values());
    }

    private Map<RunSubject, Ending> endings(
            Handle transaction, Run<S> run, List<RunSubject> asked, Map<String, Outcome<C, F>> outcomes) {
        Map<RunSubject, Ending> endings = new LinkedHashMap<>();
        List<Answered<C, F>> answered = new ArrayList<>();
        for (RunSubject subject : asked) {
            switch (outcomes.get(subject.jobId())) {
                case Outcome.Asked<C, F>(C content, F findings) ->
                    answered.add(new Answered<>(subject, content, findings));
                case Outcome.GivenUp<C, F>(String reason) -> {
                    results.gaveUp(transaction, run, subject, reason);
                    endings.put(subject, Ending.without(Ending.State.FAILED, reason));
                }
                case Outcome.NothingToAsk<C, F> _ ->
                    throw new IllegalStateException(
                            runs.subject() + " " + subject.id() + " has come back meanwhile; it will be tried again");
            }
        }
        if (!answered.isEmpty()) {
            List<Ending> published = results.publish(transaction, run, answered);
            for (int i = 0; i < answered.size(); i++) {
                endings.put(answered.get(i).subject(), published.get(i));
            }
        }
        return endings;
    }

    /** The run's next step, unless its teacher seems to answer nothing at all. */
    private void goOn(Handle transaction, Run<S> run, Collection<Ending> endings) {
        Optional<String> failure = endings.stream()
                .filter(ending -> ending.state() == Ending.State.FAILED)
                .map(Ending::reason)
                .reduce((first, last) -> last);
        if (failure.isPresent() && isHopeless(transaction, run)) {
            runs.fail(
                    transaction,
                    run.id(),
                    "the teacher answered nothing about the first " + HOPELESS + " " + runs.subject() + "s; the last: "
                            + failure.get());
        } else {
            runs.advance(transaction, run);
        }
    }

    private boolean isHopeless(Handle transaction, Run<S> run) {
        return subjects.onlyFailed(transaction, run.id(), HOPELESS) && !calls.anyOf(transaction, run.id());
    }
}
