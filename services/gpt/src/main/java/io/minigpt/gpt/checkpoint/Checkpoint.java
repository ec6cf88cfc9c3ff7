package io.minigpt.gpt.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.gpt.text.PairTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a checkpoint directory says of itself in {@code checkpoint.json}. Beside it lie {@code model.safetensors} and
 * {@code optimizer.safetensors}.
 *
 * @param model the shape of the model
 * @param training how it was trained
 * @param step the number of finished training steps
 * @param bestValidationLoss the lowest so far, in nats per token, if one was measured
 * @param trend how the losses have gone
 * @param provenance where the model comes from, as the caller put it: dataset versions, base model
 * @param engine the version of this library and of libtorch
 * @param files each file's size and hash
 */
public record Checkpoint(
        ModelConfiguration model,
        TrainingConfiguration training,
        long step,
        OptionalDouble bestValidationLoss,
        LossTrend trend,
        Map<String, String> provenance,
        String engine,
        Map<String, FileDigest> files) {
    public static final String MODEL_FILE = "model.safetensors";
    public static final String OPTIMIZER_FILE = "optimizer.safetensors";
    public static final String METADATA_FILE = "checkpoint.json";

    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    public Checkpoint {
        provenance = Map.copyOf(provenance);
        files = Map.copyOf(files);
        // refuses what is no template
        PairTemplate.of(provenance);
    }

    /** A checkpoint of weights that no run of this library has trained. */
    public Checkpoint(
            ModelConfiguration model,
            TrainingConfiguration training,
            long step,
            OptionalDouble bestValidationLoss,
            Map<String, String> provenance,
            String engine,
            Map<String, FileDigest> files) {
        this(model, training, step, bestValidationLoss, LossTrend.NONE, provenance, engine, files);
    }

    /** The JSON document; what is optional may be missing or null. */
    private record Document(
            int format,
            Map<String, Object> model,
            Map<String, Object> training,
            long step,
            @JsonInclude Double bestValidationLoss,
            @JsonInclude Double averageLoss,
            @JsonInclude Double lowestAverageLoss,
            @JsonInclude Integer evaluationsWithoutImprovement,
            @JsonInclude Long evaluatedStep,
            Map<String, String> provenance,
            String engine,
            Map<String, FileDigest> files) {
        Document {
            if (model == null || training == null || provenance == null || engine == null || files == null) {
                throw new IllegalArgumentException("model, training, provenance, engine or files is missing");
            }
        }
    }

    /**
     * Reads a checkpoint's description and checks every file's size and hash against it.
     *
     * @throws CorruptCheckpointException if a file is missing, truncated or changed
     */
    public static Checkpoint read(Path directory) throws IOException {
        return read(directory, List.of(MODEL_FILE, OPTIMIZER_FILE));
    }

    /**
     * The same for those who need the weights alone: the optimizer's file may be missing.
     *
     * @throws CorruptCheckpointException if a file is missing, truncated or changed
     */
    public static Checkpoint readModel(Path directory) throws IOException {
        return read(directory, List.of(MODEL_FILE));
    }

    private static Checkpoint read(Path directory, List<String> names) throws IOException {
        Path description = directory.resolve(METADATA_FILE);
        Checkpoint checkpoint = parse(description);
        for (String name : names) {
            FileDigest expected = checkpoint.files.get(name);
            if (expected == null) {
                throw new CorruptCheckpointException(description, "names no " + name);
            }
            verify(directory.resolve(name), expected);
        }
        return checkpoint;
    }

    private static Checkpoint parse(Path file) throws IOException {
        try {
            Document document = JSON.readValue(Files.readAllBytes(file), Document.class);
            if (document.format != FORMAT) {
                throw new CorruptCheckpointException(file, "has the format " + document.format + ", not " + FORMAT);
            }
            return new Checkpoint(
                    ModelConfiguration.of(document.model),
                    TrainingConfiguration.of(document.training),
                    document.step,
                    optional(document.bestValidationLoss),
                    new LossTrend(
                            optional(document.averageLoss),
                            optional(document.lowestAverageLoss),
                            Objects.requireNonNullElse(document.evaluationsWithoutImprovement, 0),
                            Objects.requireNonNullElse(document.evaluatedStep, LossTrend.NONE.evaluatedStep())),
                    document.provenance,
                    document.engine,
                    document.files);
        } catch (NoSuchFileException e) {
            throw new CorruptCheckpointException(file, "is missing");
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new CorruptCheckpointException(file, "is no description of a checkpoint: " + e.getMessage());
        }
    }

    private static OptionalDouble optional(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static Double nullable(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static void verify(Path file, FileDigest expected) throws IOException {
        if (!Files.exists(file)) {
            throw new CorruptCheckpointException(file, "is missing");
        }
        long size = Files.size(file);
        if (size != expected.bytes()) {
            throw new CorruptCheckpointException(file, "has " + size + " bytes instead of " + expected.bytes());
        }
        FileDigest actual = FileDigest.of(file);
        if (!actual.equals(expected)) {
            throw new CorruptCheckpointException(
                    file, "was changed: its sha256 is " + actual.sha256() + " instead of " + expected.sha256());
        }
    }

    /** The text form of the question-answer pairs that it was trained on; the usual one if it does not say. */
    public PairTemplate template() {
        return PairTemplate.of(provenance);
    }

    byte[] toJson() throws IOException {
        Document document = new Document(
                FORMAT,
                new TreeMap<>(model.toMap()),
                new TreeMap<>(training.toMap()),
                step,
                nullable(bestValidationLoss),
                nullable(trend.average()),
                nullable(trend.lowestAverage()),
                trend.evaluationsWithoutImprovement(),
                trend.evaluatedStep(),
                new TreeMap<>(provenance),
                engine,
                new TreeMap<>(files));
        return JSON.writeValueAsBytes(document);
    }
}
