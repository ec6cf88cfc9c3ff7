package io.minigpt.augmentation;

import java.time.Instant;
import java.util.List;

/**
 * One going over the questions of a corpus.
 *
 * @param id chosen by who asked for it
 * @param corpus the corpus
 * @param sources which questions
 * @param variants variants wanted of each
 * @param promptVersion version of the prompt
 * @param teacher name of the teacher
 * @param teacherVersion its version: model and settings
 * @param state where it stands
 * @param output revision of the variant stream when it ended; null before
 * @param correlationId the pipeline run that it belongs to; empty if none
 * @param causationId the event that asked for it; empty if none
 * @param createdAt when it was asked for
 * @param startedAt when its questions were fixed; null before
 * @param finishedAt when it ended; null before
 */
public record Run(
        String id,
        String corpus,
        List<ParentSource> sources,
        int variants,
        String promptVersion,
        String teacher,
        String teacherVersion,
        RunState state,
        Long output,
        String correlationId,
        String causationId,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt) {

    /** The only recipe so far: other wordings of the question, the answer stays. */
    public static final String RECIPE = "question";

    public Run {
        sources = List.copyOf(sources);
    }

    /** The run in another state. */
    public Run in(RunState next) {
        return new Run(
                id,
                corpus,
                sources,
                variants,
                promptVersion,
                teacher,
                teacherVersion,
                next,
                output,
                correlationId,
                causationId,
                createdAt,
                startedAt,
                finishedAt);
    }

    /** Name and version of the teacher. */
    public String teacherLabel() {
        return teacher + "/" + teacherVersion;
    }

    /** Stream that numbers the variants of the corpus. */
    public String stream() {
        return stream(corpus);
    }

    /** Stream that numbers the variants of a corpus. */
    public static String stream(String corpus) {
        return "augmentation/" + corpus;
    }
}
