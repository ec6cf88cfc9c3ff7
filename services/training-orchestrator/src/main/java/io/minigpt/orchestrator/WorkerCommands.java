package io.minigpt.orchestrator;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.evaluation.EvaluatedData;
import io.minigpt.evaluation.EvaluationSettings;
import io.minigpt.evaluation.InvalidSettingException;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.Stage;
import io.minigpt.proto.training.v1.TrainingRequested;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/** Turns requests made by hand into commands to the workers, with everything named in them looked up and checked. */
@ApplicationScoped
public class WorkerCommands {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> KEYS = new TypeReference<>() {};

    private final Presets presets;

    public WorkerCommands(Presets presets) {
        this.presets = presets;
    }

    /** @throws InvalidRequestException naming the property that is wrong */
    public TrainingRequested training(String runId, TrainingRequest request, Versions versions) {
        Stage stage = stage(request.kind());
        request.requireTraining();
        DatasetVersion dataset = dataset(request.dataset(), versions);
        DatasetKind wanted =
                stage == Stage.STAGE_PRETRAIN ? DatasetKind.DATASET_KIND_PRETRAINING : DatasetKind.DATASET_KIND_SFT;
        if (dataset.getKind() != wanted) {
            throw new InvalidRequestException("dataset " + dataset.getName() + ":" + dataset.getVersion()
                    + " is not made for kind '" + request.kind() + "'");
        }
        TrainingRequested.Builder command = TrainingRequested.newBuilder()
                .setRunId(runId)
                .setStage(stage)
                .setModel(Admission.name("model", request.model()))
                .setDataset(dataset)
                .setTrainingConfiguration(presets.training(
                                "trainingPreset",
                                Optional.ofNullable(request.trainingPreset()).orElse(preset(stage)),
                                Admission.given(request.overrides()))
                        .toString())
                .setCpuAllowed(Boolean.TRUE.equals(request.cpuAllowed()))
                .setPriority(Optional.ofNullable(request.priority()).orElse(0));
        if (request.base() != null) {
            command.setBase(model("base", request.base(), versions));
        } else if (stage == Stage.STAGE_SFT) {
            throw new InvalidRequestException("base is missing; fine-tuning starts from a registered version");
        }
        if (request.modelPreset() != null || request.base() == null) {
            String preset = Optional.ofNullable(request.modelPreset()).orElse("demo");
            command.setModelConfiguration(
                    presets.model("modelPreset", preset, Admission.given(request.modelOverrides()))
                            .toString());
        } else if (request.modelOverrides() != null) {
            throw new InvalidRequestException("modelOverrides needs modelPreset; without one the model is the base's");
        }
        return command.build();
    }

    /** @throws InvalidRequestException naming the property that is wrong */
    public EvaluationRequested evaluation(String runId, EvaluationRequest request, Versions versions) {
        DatasetVersion dataset = dataset(request.dataset(), versions);
        return EvaluationRequested.newBuilder()
                .setRunId(runId)
                .setVersion(model("version", request.version(), versions))
                .setDataset(dataset)
                .setConfiguration(settings(request.configuration(), dataset))
                .setPromoteAlias(
                        request.promoteAlias() == null ? "" : Admission.name("promoteAlias", request.promoteAlias()))
                .setPriority(Optional.ofNullable(request.priority()).orElse(0))
                .build();
    }

    /** The configuration of an evaluation, which workers will take. */
    private static String settings(JsonNode configuration, DatasetVersion dataset) {
        if (configuration == null) {
            return "";
        }
        if (!configuration.isObject()) {
            throw new InvalidRequestException("configuration must be an object");
        }
        EvaluatedData data = dataset.getKind() == DatasetKind.DATASET_KIND_PRETRAINING
                ? EvaluatedData.TEXTS
                : EvaluatedData.QUESTIONS;
        try {
            EvaluationSettings.of(JSON.convertValue(configuration, KEYS), data);
        } catch (InvalidSettingException e) {
            throw new InvalidRequestException("configuration: " + e.getMessage(), e);
        }
        return configuration.toString();
    }

    private static Stage stage(String kind) {
        return switch (kind) {
            case "pretrain" -> Stage.STAGE_PRETRAIN;
            case "sft" -> Stage.STAGE_SFT;
            case null -> throw new InvalidRequestException("kind is missing; it must be pretrain, sft or evaluate");
            default -> throw new InvalidRequestException("kind '" + kind + "' must be pretrain, sft or evaluate");
        };
    }

    private static String preset(Stage stage) {
        return stage == Stage.STAGE_PRETRAIN ? "demo-pretrain" : "demo-sft";
    }

    private static DatasetVersion dataset(TrainingRequest.DatasetReference reference, Versions versions) {
        if (reference == null || reference.name() == null || reference.version() == null) {
            throw new InvalidRequestException("dataset is missing; it must have name and version");
        }
        return versions.dataset(reference.name(), reference.version())
                .orElseThrow(() -> new InvalidRequestException(
                        "no dataset version " + reference.name() + ":" + reference.version()));
    }

    private static ModelVersion model(String property, TrainingRequest.ModelReference reference, Versions versions) {
        if (reference == null || reference.model() == null || reference.version() == null) {
            throw new InvalidRequestException(property + " is missing; it must have model and version");
        }
        return versions.model(reference.model(), reference.version())
                .orElseThrow(() -> new InvalidRequestException(
                        property + ": no version " + reference.model() + ":" + reference.version()));
    }
}
