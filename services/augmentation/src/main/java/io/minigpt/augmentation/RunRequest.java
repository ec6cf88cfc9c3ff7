package io.minigpt.augmentation;

import io.minigpt.proto.event.v1.StreamRevision;
import java.util.List;

/**
 * What somebody asks to be run.
 *
 * @param runId id of the run
 * @param corpus the corpus
 * @param inputs the run starts when all of these have arrived
 * @param sources which questions; empty means curated ones only
 * @param variants variants of each; 0 for the configured number
 * @param teacher name of the teacher; empty for the configured one
 */
public record RunRequest(
        String runId,
        String corpus,
        List<StreamRevision> inputs,
        List<ParentSource> sources,
        int variants,
        String teacher) {

    private static final int MAX_VARIANTS = 100;

    public RunRequest {
        requireText("run_id", runId);
        requireText("corpus", corpus);
        if (variants < 0 || variants > MAX_VARIANTS) {
            throw new IllegalArgumentException(
                    "variants must be 0 (the configured number) to " + MAX_VARIANTS + ", but is " + variants);
        }
        inputs = List.copyOf(inputs);
        sources = sources.isEmpty()
                ? List.of(ParentSource.CURATED)
                : sources.stream().distinct().sorted().toList();
    }

    private static void requireText(String property, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(property + " is empty");
        }
    }
}
