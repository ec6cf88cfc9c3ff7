package io.minigpt.teacher.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The results of a service's runs, of many subjects at a time.
 *
 * @param <S> scope of its runs
 * @param <C> what a subject says
 * @param <F> what the replies about a subject hold
 */
public interface SubjectResults<S, C, F> {

    /** Numbers of results, by the ids of the subjects that have all that the run would make. */
    Map<String, Integer> complete(Handle transaction, Run<S> run, List<RunSubject> subjects);

    /** Ids of the subjects that count now and still say what they said when the run began. */
    Set<String> active(Handle transaction, List<RunSubject> subjects);

    /**
     * Publishes what was found. The run and the corpus are locked.
     *
     * @return how each ended, in their order
     */
    List<Ending> publish(Handle transaction, Run<S> run, List<Answered<C, F>> answered);

    /** Notes more than that a subject was given up. */
    default void gaveUp(Handle transaction, Run<S> run, RunSubject subject, String reason) {}
}
