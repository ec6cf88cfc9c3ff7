package io.minigpt.registry.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A version of a model as the interface shows it. */
@Schema(name = "ModelVersion")
record VersionView(
        @Schema(description = "The model") String model,

        @Schema(description = "Number of the version, from 1")
        int version,

        @Schema(
                description = "What made it",
                enumeration = {"pretrain", "sft"})
        String stage,

        @Schema(description = "Aliases that name it now") List<String> aliases,

        @Schema(description = "Tags that people gave it, in order")
        List<String> tags,

        @Schema(description = "What people wrote on it; empty if nothing")
        String note,

        @Schema(description = "When it was registered") Instant registeredAt,

        @Schema(description = "Training run that made it") String runId,

        @Schema(description = "Step after which its checkpoint was written")
        long step,

        @Schema(description = "Why the checkpoint was kept: last, best-validation-loss, best-evaluation")
        List<String> roles,

        @Schema(description = "Whether the run's selection rule chose it")
        boolean selected,

        @Schema(description = "Parameters without position embeddings", nullable = true)
        Long parameters,

        @Schema(description = "What it was made from and by")
        LineageView lineage,

        @Schema(
                description =
                        "Losses and selection score of the checkpoint, and the newest evaluation figures as name.set")
        Map<String, Double> metrics,

        @Schema(description = "Files of its checkpoint") List<FileView> files,

        @Schema(description = "Size of all its files") long bytes,

        @Schema(description = "Tokens in all training steps of the run")
        long tokensSeen,

        @Schema(description = "Time of the run in training and evaluation, in milliseconds")
        long durationMillis,

        @Schema(description = "With nanoGPT's keys", nullable = true, implementation = Object.class) @JsonRawValue
        String modelConfiguration,

        @Schema(description = "With nanoGPT's keys", nullable = true, implementation = Object.class) @JsonRawValue
        String trainingConfiguration) {

    /** What it was made from and by. */
    @Schema(name = "ModelVersionLineage")
    record LineageView(
            @Schema(description = "Dataset version that it was trained on")
            DatasetView dataset,

            @Schema(description = "Version it started from; null if it started from random weights", nullable = true)
            ReferenceView base,

            @Schema(description = "Corpus behind the dataset")
            String corpus,

            @Schema(description = "Version of the code that trained it")
            String codeVersion,

            @Schema(description = "Name and version of the tensor library")
            String engine,

            @Schema(description = "Device that it was trained on, such as cpu or cuda:0")
            String device,

            @Schema(description = "Seed of weights, dropout and the order of the data", nullable = true)
            Long seed) {}

    /** A dataset version. */
    @Schema(name = "DatasetVersionReference")
    record DatasetView(
            @Schema(description = "Name of the dataset") String name,

            @Schema(description = "Its version") int version,

            @Schema(description = "sha256 of its content") String identity) {}

    /** A model version. */
    @Schema(name = "ModelVersionReference")
    record ReferenceView(
            @Schema(description = "The model") String model,

            @Schema(description = "Number of the version") int version) {

        static ReferenceView of(VersionReference reference) {
            return new ReferenceView(reference.model(), reference.version());
        }
    }

    /** A file of a version. */
    @Schema(name = "ModelFile")
    record FileView(
            @Schema(description = "Its name, as in its address")
            String name,

            @Schema(description = "sha256 of its content, lower-case hexadecimal")
            String sha256,

            @Schema(description = "Its size") long bytes) {

        static FileView of(Artifact file) {
            return new FileView(file.getName(), file.getSha256(), file.getBytes());
        }
    }

    static VersionView of(RegisteredVersion version, List<String> aliases, Map<String, Double> metrics) {
        return new VersionView(
                version.model(),
                version.version(),
                version.stage().label(),
                aliases,
                version.tags(),
                version.note(),
                version.registeredAt(),
                version.runId(),
                version.step(),
                version.roles(),
                version.selected(),
                version.parameters().orElse(null),
                lineage(version),
                metrics,
                version.files().stream().map(FileView::of).toList(),
                version.files().stream().mapToLong(Artifact::getBytes).sum(),
                version.provenance().tokensSeen(),
                version.provenance().durationMillis(),
                version.modelConfiguration().orElse(null),
                version.trainingConfiguration().orElse(null));
    }

    private static LineageView lineage(RegisteredVersion version) {
        return new LineageView(
                new DatasetView(
                        version.dataset().name(),
                        version.dataset().version(),
                        version.dataset().identity()),
                version.base().map(ReferenceView::of).orElse(null),
                version.corpus(),
                version.provenance().codeVersion(),
                version.provenance().engine(),
                version.provenance().device(),
                version.seed().orElse(null));
    }
}
