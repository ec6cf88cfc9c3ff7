package io.minigpt.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.evaluation.EvaluatedData;
import io.minigpt.evaluation.EvaluationSettings;
import io.minigpt.evaluation.InvalidSettingException;
import io.minigpt.gpt.configuration.SelectionSets;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.training.v1.EvaluationRequested;
import java.util.Map;

/**
 * An evaluation request that was read and checked.
 *
 * @param request the request
 * @param settings its configuration
 */
public record EvaluationPlan(EvaluationRequested request, EvaluationSettings settings) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    /**
     * Reads a request; keys that its configuration lacks have their defaults.
     *
     * @throws PermanentFailureException naming the key that is unknown or has a value that is not allowed
     */
    public static EvaluationPlan of(EvaluationRequested request) {
        if (request.getVersion().getFilesCount() == 0) {
            throw new PermanentFailureException("the version to evaluate has no files");
        }
        try {
            return new EvaluationPlan(
                    request, EvaluationSettings.of(configuration(request.getConfiguration()), data(request)));
        } catch (InvalidSettingException e) {
            throw new PermanentFailureException(e.getMessage(), e);
        }
    }

    /** The plan by which a run asks its own checkpoints. */
    public static EvaluationPlan of(DatasetVersion dataset, SelectionSets sets) {
        return new EvaluationPlan(
                EvaluationRequested.newBuilder().setDataset(dataset).build(),
                EvaluationSettings.of(Map.of(), EvaluatedData.NOTHING).withItems(sets.maxItems()));
    }

    private static EvaluatedData data(EvaluationRequested request) {
        return switch (request.getDataset().getKind()) {
            case DATASET_KIND_PRETRAINING -> EvaluatedData.TEXTS;
            case DATASET_KIND_SFT -> EvaluatedData.QUESTIONS;
            case DATASET_KIND_UNSPECIFIED, UNRECOGNIZED -> {
                if (request.getFilesCount() == 0) {
                    throw new PermanentFailureException("the dataset version does not say what it is for");
                }
                yield EvaluatedData.NOTHING;
            }
        };
    }

    private static Map<String, Object> configuration(String json) {
        try {
            return json.isBlank() ? Map.of() : JSON.readValue(json, MAP);
        } catch (JsonProcessingException e) {
            throw new PermanentFailureException(
                    "the evaluation configuration is not a JSON object: " + e.getOriginalMessage(), e);
        }
    }
}
