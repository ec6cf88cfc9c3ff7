package io.minigpt.teacher.run;

import io.minigpt.proto.event.v1.StreamRevision;
import java.util.List;

/**
 * What somebody asks to be run.
 *
 * @param runId id of the run
 * @param corpus the corpus
 * @param inputs the run starts when all of these have arrived; empty to start at once
 * @param scope which subjects, and what is wanted of each
 * @param teacher name of the teacher; empty for the configured one
 * @param budget what it may spend
 */
public record RunRequest<S>(
        String runId, String corpus, List<StreamRevision> inputs, S scope, String teacher, Budget budget) {

    /** @throws IllegalArgumentException naming what is missing */
    public RunRequest {
        requireText("run_id", runId);
        requireText("corpus", corpus);
        inputs = List.copyOf(inputs);
    }

    /** Whether a run can have this id. */
    public static boolean isId(String text) {
        return !text.isBlank() && text.indexOf('\0') < 0;
    }

    private static void requireText(String property, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(property + " is empty");
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(property + " holds a NUL character");
        }
    }
}
