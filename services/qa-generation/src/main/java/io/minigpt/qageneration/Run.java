package io.minigpt.qageneration;

import java.time.Instant;

/**
 * One going over the documents of a corpus.
 *
 * @param id chosen by who asked for it
 * @param corpus the corpus
 * @param prompt name of the prompt
 * @param promptVersion its version
 * @param teacher name of the teacher
 * @param teacherVersion its version: model and settings
 * @param maxDocuments only the first so many documents; 0 for all
 * @param state where it stands
 * @param output revision of the pair stream when it ended; null before
 * @param correlationId the pipeline run that it belongs to; empty if none
 * @param causationId the event that asked for it; empty if none
 * @param createdAt when it was asked for
 * @param startedAt when its documents were fixed; null before
 * @param finishedAt when it ended; null before
 */
public record Run(
        String id,
        String corpus,
        String prompt,
        String promptVersion,
        String teacher,
        String teacherVersion,
        long maxDocuments,
        RunState state,
        Long output,
        String correlationId,
        String causationId,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt) {

    /** The run in another state. */
    public Run in(RunState next) {
        return new Run(
                id,
                corpus,
                prompt,
                promptVersion,
                teacher,
                teacherVersion,
                maxDocuments,
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

    /** Stream that numbers the pairs of the corpus. */
    public String stream() {
        return stream(corpus);
    }

    /** Stream that numbers the pairs of a corpus. */
    public static String stream(String corpus) {
        return "generation/" + corpus;
    }
}
