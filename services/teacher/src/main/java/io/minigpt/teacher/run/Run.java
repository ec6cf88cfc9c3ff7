package io.minigpt.teacher.run;

import java.time.Instant;

/**
 * One going over the subjects of a corpus: its documents, or its questions.
 *
 * @param id chosen by who asked for it
 * @param corpus the corpus
 * @param scope which subjects, and what is wanted of each: what the service's runs have of their own
 * @param promptVersion version of the prompt
 * @param teacher name of the teacher
 * @param teacherVersion its version: model and settings
 * @param state where it stands
 * @param output revision of the stream of results when it ended; null before
 * @param cause who asked for it
 * @param createdAt when it was asked for
 * @param startedAt when its subjects were fixed; null before
 * @param finishedAt when it ended; null before
 */
public record Run<S>(
        String id,
        String corpus,
        S scope,
        String promptVersion,
        String teacher,
        String teacherVersion,
        RunState state,
        Long output,
        Cause cause,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt) {

    /** The run in another state. */
    Run<S> in(RunState next) {
        return new Run<>(
                id,
                corpus,
                scope,
                promptVersion,
                teacher,
                teacherVersion,
                next,
                output,
                cause,
                createdAt,
                startedAt,
                finishedAt);
    }

    /** Name and version of the teacher. */
    public String teacherLabel() {
        return teacher + "/" + teacherVersion;
    }
}
