package io.minigpt.tokenization.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.PairTemplate;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.SealedVersion;
import io.minigpt.tokenization.Selection;
import io.minigpt.tokenization.Withdrawal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An immutable version of a dataset. */
@Schema(name = "DatasetVersion")
@JsonInclude(JsonInclude.Include.NON_NULL)
record VersionView(
        String name,
        int version,

        @Schema(description = "sha256 of the canonical JSON of the manifest's content")
        String identity,

        @Schema(description = "pretraining or sft") String kind,
        Selection selection,

        @Schema(description = "text form of its pairs; absent for documents and in versions of earlier releases")
        TemplateView template,

        @Schema(description = "the version before it; 0 for the first")
        int parentVersion,

        long trainRecords,
        long validationRecords,
        long trainTokens,
        long validationTokens,

        @Schema(description = "UTF-8 bytes of the text behind val.bin")
        long validationBytes,

        Map<String, Long> recordsByKind,

        @Schema(description = "streams it contains, up to these numbers")
        Map<String, Long> inputs,

        List<FileView> files,
        String runId,
        String requestedBy,
        String reason,
        Instant sealedAt,

        @Schema(description = "that its files were removed, when and why; it cannot be rebuilt or trained on")
        Withdrawal withdrawn) {

    /** The text form of pairs; version is the start of the sha256 of its file. */
    record TemplateView(String name, String version, String prompt, String answer, String end) {

        static TemplateView of(PairTemplate template) {
            return new TemplateView(
                    template.getName(),
                    template.getVersion(),
                    template.getPrompt(),
                    template.getAnswer(),
                    template.getEnd());
        }
    }

    /** A file of a version. */
    record FileView(String name, long bytes, String sha256) {}

    static VersionView of(SealedVersion sealed) {
        DatasetVersion version = sealed.version();
        return new VersionView(
                version.getName(),
                version.getVersion(),
                version.getIdentity(),
                Purpose.of(version.getKind()).text(),
                sealed.selection(),
                version.hasTemplate() ? TemplateView.of(version.getTemplate()) : null,
                version.getParentVersion(),
                version.getTrainRecords(),
                version.getValidationRecords(),
                version.getTrainTokens(),
                version.getValidationTokens(),
                version.getValidationBytes(),
                new TreeMap<>(version.getRecordsByKindMap()),
                inputs(sealed.inputs()),
                version.getFilesList().stream()
                        .map(file -> new FileView(file.getName(), file.getBytes(), file.getSha256()))
                        .toList(),
                sealed.runId(),
                sealed.requestedBy(),
                sealed.reason(),
                sealed.sealedAt(),
                sealed.withdrawal().orElse(null));
    }

    private static Map<String, Long> inputs(List<StreamRevision> inputs) {
        Map<String, Long> view = new LinkedHashMap<>();
        inputs.forEach(input -> view.put(input.getStream(), input.getRevision()));
        return view;
    }
}
