package io.minigpt.registry;

import io.minigpt.proto.event.v1.Artifact;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a model: one kept checkpoint of a training run, with where it comes from.
 *
 * @param model the model
 * @param version its number, from 1
 * @param stage what made it
 * @param runId training run that made it
 * @param step step after which the checkpoint was written
 * @param selected whether the run's selection rule chose this checkpoint
 * @param roles why it was kept
 * @param dataset dataset version it was trained on
 * @param corpus corpus behind that dataset
 * @param base version it started from, if any
 * @param parameters parameters without position embeddings, where the run told
 * @param modelConfiguration JSON with nanoGPT's keys
 * @param trainingConfiguration JSON with nanoGPT's keys
 * @param provenance what trained it
 * @param registeredAt when it was registered
 * @param files its checkpoint files
 * @param tags that people gave it, in order
 * @param note what people wrote on it; empty if nothing
 */
public record RegisteredVersion(
        String model,
        int version,
        ModelStage stage,
        String runId,
        long step,
        boolean selected,
        List<String> roles,
        DatasetReference dataset,
        String corpus,
        Optional<VersionReference> base,
        Optional<Long> parameters,
        Optional<String> modelConfiguration,
        Optional<String> trainingConfiguration,
        Provenance provenance,
        Instant registeredAt,
        List<Artifact> files,
        List<String> tags,
        String note) {

    private static final Pattern SEED = Pattern.compile("\"seed\"\\s*:\\s*(-?\\d{1,18})\\b");

    /** A dataset version. @param identity sha256 of its content */
    public record DatasetReference(String name, int version, String identity) {}

    /** A model version. */
    public record VersionReference(String model, int version) {

        @Override
        public String toString() {
            return model + ":" + version;
        }
    }

    /**
     * What trained a version.
     *
     * @param device such as cpu or cuda:0
     * @param engine name and version of the tensor library
     * @param codeVersion version of the code
     * @param tokensSeen tokens in all training steps of the run
     * @param durationMillis time of the run in training and evaluation
     */
    public record Provenance(String device, String engine, String codeVersion, long tokensSeen, long durationMillis) {}

    public RegisteredVersion {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(dataset, "dataset");
        if (version < 1) {
            throw new IllegalArgumentException("version " + version + " of " + model + " must be at least 1");
        }
        roles = List.copyOf(roles);
        files = List.copyOf(files);
        tags = List.copyOf(tags);
    }

    /** Seed of the run, where its configuration has one. */
    public Optional<Long> seed() {
        return trainingConfiguration
                .map(SEED::matcher)
                .filter(Matcher::find)
                .map(seed -> Long.parseLong(seed.group(1)));
    }

    /** Its name and number. */
    public VersionReference reference() {
        return new VersionReference(model, version);
    }
}
