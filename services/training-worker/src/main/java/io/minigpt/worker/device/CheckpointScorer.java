package io.minigpt.worker.device;

import io.minigpt.gpt.Generator;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.worker.EvaluationItem;
import io.minigpt.worker.EvaluationPlan;
import io.minigpt.worker.EvaluationSets;
import io.minigpt.worker.SelectionScore;
import io.minigpt.worker.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Asks the saved checkpoints of a run its selection sets, each with a copy of the model beside the one in training. */
final class CheckpointScorer {

    private final EvaluationPlan plan;
    private final List<EvaluationItem> items;
    private final TrainingConfiguration training;

    /** @throws io.minigpt.platform.jobs.PermanentFailureException if there are sets, but no item in them */
    CheckpointScorer(TrainingPlan plan, TrainingConfiguration training, ArtifactStore artifacts) throws IOException {
        this.plan = EvaluationPlan.of(plan.request().getDataset(), plan.selectionSets());
        this.items = plan.selectionSets().isEmpty() ? List.of() : EvaluationSets.read(artifacts, this.plan);
        this.training = training;
    }

    OptionalDouble score(Path checkpoint, Runnable checkStop) throws IOException {
        if (items.isEmpty()) {
            return OptionalDouble.empty();
        }
        try (Generator generator = GptLanguageModel.load(checkpoint, training.device())) {
            return OptionalDouble.of(new SelectionScore(items, plan.batchSize())
                    .of(new GptLanguageModel(generator, plan, Optional.empty()), checkStop));
        }
    }
}
