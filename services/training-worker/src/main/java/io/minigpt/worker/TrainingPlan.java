package io.minigpt.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.gpt.configuration.CheckpointSelection;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.SelectionRule;
import io.minigpt.gpt.configuration.SelectionSets;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.training.v1.Stage;
import io.minigpt.proto.training.v1.TrainingRequested;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A training request that was read and checked.
 *
 * @param request the request
 * @param model shape of the model; empty to take that of the base
 * @param training how it is trained
 * @param selection which checkpoint is selected in the end
 * @param selectionSets what each checkpoint is asked
 * @param samples how many fixed prompts each checkpoint answers
 */
public record TrainingPlan(
        TrainingRequested request,
        Optional<ModelConfiguration> model,
        TrainingConfiguration training,
        CheckpointSelection selection,
        SelectionSets selectionSets,
        int samples) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    /**
     * Reads a request.
     *
     * @throws PermanentFailureException if it cannot be carried out; the message names the configuration key
     */
    public static TrainingPlan of(TrainingRequested request) {
        try {
            requireData(request);
            Map<String, Object> training = map("training configuration", request.getTrainingConfiguration());
            SelectionRule rule = SelectionRule.take(training);
            return new TrainingPlan(
                    request,
                    model(request),
                    TrainingConfiguration.of(training),
                    rule.selection(),
                    rule.sets(),
                    rule.samples());
        } catch (IllegalArgumentException e) {
            throw new PermanentFailureException(e.getMessage(), e);
        }
    }

    /** Whether it starts from another checkpoint's weights. */
    public boolean hasBase() {
        return request.hasBase() && request.getBase().getFilesCount() > 0;
    }

    /** Whether it learns from question-answer records rather than running text. */
    public boolean fineTuning() {
        return request.getStage() == Stage.STAGE_SFT;
    }

    /** The training configuration with the selection, as JSON with sorted keys. */
    public String trainingJson() {
        Map<String, Object> all = new TreeMap<>(training.toMap());
        all.put(CheckpointSelection.KEY, selection.value());
        all.put(SelectionRule.SAMPLES_KEY, samples);
        if (!selectionSets.isEmpty()) {
            all.put(SelectionSets.NAMES_KEY, selectionSets.names());
            all.put(SelectionSets.ITEMS_KEY, selectionSets.items());
        }
        try {
            return JSON.writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of numbers, strings and lists of them is always JSON", e);
        }
    }

    /** Tokens that so many steps look at. */
    public long tokens(long steps, ModelConfiguration model) {
        return steps * training.batchSize() * training.accumulationSteps() * model.blockSize();
    }

    private static Optional<ModelConfiguration> model(TrainingRequested request) {
        if (request.getModelConfiguration().isBlank()) {
            if (request.getBase().getFilesCount() == 0) {
                throw new IllegalArgumentException("model_configuration is needed for a run without a base version");
            }
            return Optional.empty();
        }
        return Optional.of(ModelConfiguration.of(map("model configuration", request.getModelConfiguration())));
    }

    private static void requireData(TrainingRequested request) {
        DatasetKind needed =
                switch (request.getStage()) {
                    case STAGE_PRETRAIN -> DatasetKind.DATASET_KIND_PRETRAINING;
                    case STAGE_SFT -> DatasetKind.DATASET_KIND_SFT;
                    case STAGE_UNSPECIFIED, UNRECOGNIZED ->
                        throw new IllegalArgumentException("stage is pretrain or sft");
                };
        if (request.getDataset().getKind() != needed) {
            throw new IllegalArgumentException(
                    "the dataset version " + request.getDataset().getName() + ":"
                            + request.getDataset().getVersion() + " does not fit the stage: it has to be of "
                            + needed.getValueDescriptor().getName());
        }
        if (request.getStage() == Stage.STAGE_SFT && request.getBase().getFilesCount() == 0) {
            throw new IllegalArgumentException("fine-tuning needs a base version with its files");
        }
    }

    private static Map<String, Object> map(String what, String json) {
        try {
            Map<String, Object> values = json.isBlank() ? Map.of() : JSON.readValue(json, MAP);
            return new TreeMap<>(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the " + what + " is not a JSON object: " + e.getOriginalMessage(), e);
        }
    }
}
