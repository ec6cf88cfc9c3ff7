package io.minigpt.inference.device;

import io.minigpt.gpt.BatchLimits;
import io.minigpt.gpt.Generator;
import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.configuration.WeightType;
import io.minigpt.gpt.torch.TorchRuntime;
import io.minigpt.inference.InferenceConfig;
import io.minigpt.inference.LanguageModel;
import io.minigpt.inference.ModelLoader;
import io.minigpt.inference.ServableVersion;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.proto.event.v1.Artifact;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Loads checkpoints of the artifact store into the engine. */
@ApplicationScoped
class GptModelLoader implements ModelLoader {

    private final ArtifactStore artifacts;
    private final InferenceConfig config;

    GptModelLoader(ArtifactStore artifacts, InferenceConfig config) {
        this.artifacts = artifacts;
        this.config = config;
    }

    @Override
    public LanguageModel load(ServableVersion version) throws IOException {
        config.threads().ifPresent(TorchRuntime::threads);
        Path checkpoint = Files.createTempDirectory("minigpt-model-");
        try {
            for (Artifact file : version.files()) {
                // the store's keys are its own business; the engine finds a checkpoint's files by their names
                Files.createSymbolicLink(
                        checkpoint.resolve(file.getName()),
                        artifacts.local(file).toAbsolutePath());
            }
            BatchLimits limits = new BatchLimits(config.concurrency(), config.cachedTokens(), config.promptTokens());
            return new GptLanguageModel(Generator.load(checkpoint, weights(version), config.device()), limits);
        } finally {
            delete(checkpoint);
        }
    }

    /** A checkpoint's tensors are in f32. */
    @Override
    public long bytes(ServableVersion version) {
        long bytes = version.files().stream()
                .filter(file -> file.getName().equals(Checkpoint.MODEL_FILE))
                .mapToLong(Artifact::getBytes)
                .sum();
        return switch (weights(version)) {
            case F32 -> bytes;
            // on a processor with a copy in bf16 that reads prompts
            case AUTO, F16 -> bytes;
            case BF16 -> bytes / 2;
            // its embedding is in f16
            case INT8 -> bytes * 3 / 8;
        };
    }

    private WeightType weights(ServableVersion version) {
        return config.weightsOf().getOrDefault(version.id().model(), config.weights());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
