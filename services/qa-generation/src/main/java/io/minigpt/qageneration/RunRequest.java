package io.minigpt.qageneration;

import java.util.Optional;

/**
 * What somebody asks to be run.
 *
 * @param runId id of the run
 * @param corpus the corpus
 * @param corpusRevision the run starts when the corpus has arrived up to this number; empty to start at once
 * @param prompt name of the prompt; empty for the configured one
 * @param teacher name of the teacher; empty for the configured one
 * @param maxDocuments only the first so many documents; 0 for all
 */
public record RunRequest(
        String runId, String corpus, Optional<Long> corpusRevision, String prompt, String teacher, long maxDocuments) {

    public RunRequest {
        requireText("run_id", runId);
        requireText("corpus", corpus);
        if (maxDocuments < 0) {
            throw new IllegalArgumentException("max_documents must not be negative, but is " + maxDocuments);
        }
    }

    private static void requireText(String property, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(property + " is empty");
        }
    }
}
