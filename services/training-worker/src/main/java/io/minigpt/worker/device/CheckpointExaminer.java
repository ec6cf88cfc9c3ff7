package io.minigpt.worker.device;

import io.minigpt.gpt.Generator;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.gpt.torch.DeviceMemoryException;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.proto.training.v1.Sample;
import io.minigpt.worker.EvaluationItem;
import io.minigpt.worker.EvaluationPlan;
import io.minigpt.worker.EvaluationSets;
import io.minigpt.worker.Examination;
import io.minigpt.worker.LanguageModel;
import io.minigpt.worker.SamplePrompts;
import io.minigpt.worker.SelectionScore;
import io.minigpt.worker.TrainedTemplate;
import io.minigpt.worker.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jboss.logging.Logger;

/**
 * Asks the saved checkpoints of a run its selection sets and its fixed prompts, each with a copy of the model beside the
 * one in training.
 */
final class CheckpointExaminer {

    private static final Logger LOG = Logger.getLogger(CheckpointExaminer.class);
    private static final double GREEDY = 0;

    private final EvaluationPlan plan;
    private final List<EvaluationItem> items;
    private final List<EvaluationItem> prompts;
    private final TrainingConfiguration training;

    /** @throws io.minigpt.platform.jobs.PermanentFailureException if there are sets, but no item in them */
    CheckpointExaminer(TrainingPlan plan, TrainingConfiguration training, ArtifactStore artifacts) throws IOException {
        this.plan = EvaluationPlan.of(plan.request().getDataset(), plan.selectionSets());
        this.items = plan.selectionSets().isEmpty()
                ? List.of()
                : EvaluationSets.read(
                        artifacts, this.plan, TrainedTemplate.of(plan.request().getDataset()));
        this.prompts = SamplePrompts.read(artifacts, plan.request().getDataset(), plan.samples());
        this.training = training;
    }

    Examination examine(Path checkpoint, Runnable checkStop) throws IOException {
        if (items.isEmpty() && prompts.isEmpty()) {
            return Examination.NONE;
        }
        try (Generator generator = GptLanguageModel.load(checkpoint, training.device())) {
            LanguageModel model = new GptLanguageModel(generator, plan, Optional.empty());
            OptionalDouble score = items.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(
                            new SelectionScore(items, plan.settings().batchSize()).of(model, checkStop));
            return new Examination(score, samples(model, checkStop));
        } catch (DeviceMemoryException e) {
            if (!items.isEmpty()) {
                throw e;
            }
            // samples are for people only: they are not worth a run
            LOG.warnf("no samples of this checkpoint: %s", e.getMessage());
            return Examination.NONE;
        }
    }

    private List<Sample> samples(LanguageModel model, Runnable checkStop) {
        List<Sample> samples = new ArrayList<>();
        if (!prompts.isEmpty()) {
            List<LanguageModel.Answer> answers = model.answer(prompts, GREEDY, checkStop);
            for (int i = 0; i < prompts.size(); i++) {
                samples.add(Sample.newBuilder()
                        .setPrompt(prompts.get(i).question())
                        .setText(answers.get(i).text())
                        .build());
            }
        }
        return samples;
    }
}
