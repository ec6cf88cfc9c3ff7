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
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** Loads checkpoints of the artifact store into the engine. */
@ApplicationScoped
class GptModelLoader implements ModelLoader {

    private final ArtifactStore artifacts;
    private final InferenceConfig config;
    private final ComputeThread compute = new ComputeThread();

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
            return new GptLanguageModel(
                    generator(checkpoint, weights(version)),
                    new BatchLimits(config.concurrency(), config.cachedTokens(), config.promptTokens()),
                    compute);
        } finally {
            delete(checkpoint);
        }
    }

    private Generator generator(Path checkpoint, WeightType weights) throws IOException {
        FutureTask<Generator> loading = new FutureTask<>(() -> Generator.load(checkpoint, weights, config.device()));
        ComputeThread.aside(loading);
        try {
            return loading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a model was being loaded");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException damaged -> throw damaged;
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case Throwable other -> throw new IllegalStateException(other);
            }
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
