package io.minigpt.teacher.run;

/**
 * One going over the subjects of a corpus: its documents, or its questions.
 *
 * @param id chosen by who asked for it
 * @param corpus the corpus
 * @param scope which subjects, and what is wanted of each: what the service's runs have of their own
 * @param promptVersion version of the prompt
 * @param teacher name of the teacher
 * @param teacherVersion its version: model and settings
 * @param budget what it may spend
 * @param state where it stands
 * @param output revision of the stream of results when it ended; null before
 * @param cause who asked for it
 * @param times when what happened
 */
public record Run<S>(
        String id,
        String corpus,
        S scope,
        String promptVersion,
        String teacher,
        String teacherVersion,
        Budget budget,
        RunState state,
        Long output,
        Cause cause,
        Times times) {

    /** The run in another state. */
    Run<S> in(RunState next) {
        return new Run<>(id, corpus, scope, promptVersion, teacher, teacherVersion, budget, next, output, cause, times);
    }

    /** The run with another budget. */
    Run<S> with(Budget raised) {
        return new Run<>(
                id, corpus, scope, promptVersion, teacher, teacherVersion, raised, state, output, cause, times);
    }

    /** Name and version of the teacher. */
    public String teacherLabel() {
        return teacher + "/" + teacherVersion;
    }
}
