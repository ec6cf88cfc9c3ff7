package io.minigpt.registry.http;

import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.DatasetVersionSealed;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.Teaching;
import io.minigpt.registry.store.LineageStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a version comes from: itself, the version it started from, and so on to random weights. */
@Schema(name = "Ancestry")
record AncestryView(
        @Schema(description = "The model") String model,

        @Schema(description = "Number of the version") int version,

        @Schema(description = "The version itself first, the one that started from random weights last")
        List<AncestorView> chain) {

    /** One version in the chain. */
    @Schema(name = "Ancestor")
    record AncestorView(
            @Schema(description = "The model") String model,

            @Schema(description = "Number of the version") int version,

            @Schema(description = "What made it: pretrain or sft")
            String stage,

            @Schema(description = "Training run that made it")
            String runId,

            @Schema(description = "Step after which its checkpoint was written")
            long step,

            @Schema(description = "When it was registered") Instant registeredAt,

            @Schema(description = "Corpus behind the dataset")
            String corpus,

            @Schema(description = "Dataset version that it was trained on")
            DatasetView dataset,

            @Schema(description = "Version of the code that trained it")
            String codeVersion,

            @Schema(description = "Name and version of the tensor library")
            String engine,

            @Schema(description = "Device that it was trained on")
            String device,

            @Schema(description = "Seed of weights, dropout and the order of the data", nullable = true)
            Long seed,

            @Schema(description = "Tokens in all training steps of the run")
            long tokensSeen,

            @Schema(description = "Time of the run in training and evaluation, in milliseconds")
            long durationMillis) {}

    /** The dataset version that it was trained on. */
    @Schema(name = "AncestorDataset")
    record DatasetView(
            @Schema(description = "Name of the dataset") String name,

            @Schema(description = "Its version") int version,

            @Schema(description = "sha256 of its content") String identity,

            @Schema(description = "Records in the training split")
            long trainRecords,

            @Schema(description = "Records in the validation split")
            long validationRecords,

            @Schema(description = "Tokens in the training split")
            long trainTokens,

            @Schema(description = "Tokens in the validation split")
            long validationTokens,

            @Schema(description = "Records by kind: document, curated, generated, variant")
            Map<String, Long> recordsByKind,

            @Schema(description = "Streams that it contains, up to a revision; empty until its sealing is heard of")
            List<InputView> inputs,

            @Schema(description = "When it was sealed; null until that is heard of", nullable = true)
            Instant sealedAt,

            @Schema(description = "Who was asked for the pairs that it could choose from, and what that took")
            List<TeachingView> teachers,

            @Schema(description = "What all of them took, in the currency of the configured prices")
            BigDecimal teacherCost) {}

    /** A stream up to a revision. */
    @Schema(name = "AncestorInput")
    record InputView(
            @Schema(description = "The stream, such as generation/samples")
            String stream,

            @Schema(description = "Last number that is contained")
            long revision) {}

    /** What a teacher was asked. */
    @Schema(name = "AncestorTeacher")
    record TeachingView(
            @Schema(description = "generation or augmentation")
            String kind,

            @Schema(description = "Name and version of the teacher")
            String teacher,

            @Schema(description = "Version of the prompt; empty for augmentation")
            String promptVersion,

            @Schema(description = "How many runs asked it") long runs,

            @Schema(description = "Calls") long calls,

            @Schema(description = "Tokens sent") long tokensIn,

            @Schema(description = "Tokens received") long tokensOut,

            @Schema(description = "Price, in the currency of the configured prices")
            BigDecimal cost) {

        static TeachingView of(Teaching teaching) {
            return new TeachingView(
                    teaching.kind(),
                    teaching.teacher(),
                    teaching.promptVersion(),
                    teaching.runs(),
                    teaching.calls(),
                    teaching.tokensIn(),
                    teaching.tokensOut(),
                    teaching.cost());
        }
    }

    static AncestorView ancestor(
            RegisteredVersion version, Optional<LineageStore.Dataset> dataset, List<Teaching> teaching) {
        return new AncestorView(
                version.model(),
                version.version(),
                version.stage().label(),
                version.runId(),
                version.step(),
                version.registeredAt(),
                version.corpus(),
                dataset(version.dataset(), dataset, teaching),
                version.provenance().codeVersion(),
                version.provenance().engine(),
                version.provenance().device(),
                version.seed().orElse(null),
                version.provenance().tokensSeen(),
                version.provenance().durationMillis());
    }

    private static DatasetView dataset(
            RegisteredVersion.DatasetReference reference,
            Optional<LineageStore.Dataset> dataset,
            List<Teaching> teaching) {
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
                        .orElse(null),
                teaching.stream().map(TeachingView::of).toList(),
                teaching.stream().map(Teaching::cost).reduce(BigDecimal.ZERO, BigDecimal::add));
    }
}
