package io.minigpt.registry.http;

import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.DatasetVersionSealed;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.store.LineageStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a version comes from: itself, the version it started from, and so on to random weights. */
@Schema(name = "Ancestry")
record AncestryView(
        String model,
        int version,

        @Schema(description = "The version itself first, the one that started from random weights last")
        List<AncestorView> chain) {

    /** One version in the chain. */
    @Schema(name = "Ancestor")
    record AncestorView(
            String model,
            int version,
            String stage,
            String runId,
            long step,
            Instant registeredAt,
            String corpus,
            DatasetView dataset,
            String codeVersion,
            String engine,
            String device) {}

    /** The dataset version that it was trained on. */
    @Schema(name = "AncestorDataset")
    record DatasetView(
            String name,
            int version,

            @Schema(description = "sha256 of its content") String identity,

            long trainRecords,
            long validationRecords,
            long trainTokens,
            long validationTokens,
            Map<String, Long> recordsByKind,

            @Schema(description = "Streams that it contains, up to a revision; empty until its sealing is heard of")
            List<InputView> inputs,

            @Schema(nullable = true) Instant sealedAt) {}

    /** A stream up to a revision. */
    @Schema(name = "AncestorInput")
    record InputView(String stream, long revision) {}

    static AncestorView ancestor(RegisteredVersion version, Optional<LineageStore.Dataset> dataset) {
        return new AncestorView(
                version.model(),
                version.version(),
                version.stage().label(),
                version.runId(),
                version.step(),
                version.registeredAt(),
                version.corpus(),
                dataset(version.dataset(), dataset),
                version.provenance().codeVersion(),
                version.provenance().engine(),
                version.provenance().device());
    }

    private static DatasetView dataset(
            RegisteredVersion.DatasetReference reference, Optional<LineageStore.Dataset> dataset) {
        DatasetVersion counts = dataset.map(LineageStore.Dataset::version).orElse(DatasetVersion.getDefaultInstance());
        Optional<DatasetVersionSealed> sealed = dataset.flatMap(LineageStore.Dataset::sealed);
        return new DatasetView(
                reference.name(),
                reference.version(),
                reference.identity(),
                counts.getTrainRecords(),
                counts.getValidationRecords(),
                counts.getTrainTokens(),
                counts.getValidationTokens(),
                new TreeMap<>(counts.getRecordsByKindMap()),
                sealed.map(DatasetVersionSealed::getInputsList).orElse(List.of()).stream()
                        .map(input -> new InputView(input.getStream(), input.getRevision()))
                        .toList(),
                sealed.map(message -> Instant.ofEpochSecond(
                                message.getSealedAt().getSeconds(),
                                message.getSealedAt().getNanos()))
                        .orElse(null));
    }
}
