package io.minigpt.worker;

import io.minigpt.gpt.configuration.SelectionSets;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import java.io.IOException;
import java.util.List;

/** The prompts by which people see a run learn: the same at each of its checkpoints. */
public final class SamplePrompts {

    private static final List<String> SETS = List.of("curated", "unseen", EvaluationSets.CONTINUATION);
    /** A sentence or two; a whole answer would take longer than it tells. */
    private static final int MAX_NEW_TOKENS = 48;

    private SamplePrompts() {}

    /** The first items of the first evaluation set that the dataset version has; none if it has no such set. */
    public static List<EvaluationItem> read(ArtifactStore artifacts, DatasetVersion dataset, int count)
            throws IOException {
        if (count == 0) {
            return List.of();
        }
        for (String set : SETS) {
            if (dataset.getFilesList().stream()
                    .anyMatch(file -> file.getKey().endsWith("/evaluation/" + set + ".jsonl") && file.getBytes() > 0)) {
                EvaluationPlan plan = EvaluationPlan.of(dataset, new SelectionSets(List.of(set), count));
                return EvaluationSets.read(artifacts, plan, TrainedTemplate.of(dataset)).stream()
                        .map(SamplePrompts::shortened)
                        .toList();
            }
        }
        return List.of();
    }

    private static EvaluationItem shortened(EvaluationItem item) {
        return new EvaluationItem(
                item.id(),
                item.set(),
                item.label(),
                item.question(),
                item.reference(),
                item.prompt(),
                item.target(),
                Math.min(MAX_NEW_TOKENS, item.maxNewTokens()));
    }
}
