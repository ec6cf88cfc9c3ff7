package io.minigpt.registry.http;

import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.minigpt.registry.http.VersionView.ReferenceView;
import io.minigpt.registry.store.AnswerFiles.Paired;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Two versions on the same items. */
@Schema(name = "PairedComparison")
record PairedView(
        @Schema(description = "The version that was asked for")
        ReferenceView version,

        @Schema(description = "The other version") ReferenceView with,

        @Schema(description = "Evaluation of the version") String runId,

        @Schema(description = "Evaluation of the other version")
        String withRunId,

        @Schema(description = "One for each set, label, temperature and metric; empty without common items")
        List<SliceView> slices) {

    /** One metric on the common items of one set, label and temperature. */
    @Schema(name = "PairedSlice")
    record SliceView(
            @Schema(description = "Evaluation set") String set,

            @Schema(description = "What is known of the items: trained, unseen, ...")
            String label,

            @Schema(description = "Sampling temperature") double temperature,

            @Schema(description = "The metric, such as rouge_l")
            String metric,

            @Schema(description = "Items that both answered")
            int items,

            @Schema(description = "Mean of the version") double mean,

            @Schema(description = "Mean of the other version")
            double withMean,

            @Schema(description = "Version minus other version")
            double difference,

            @Schema(description = "Lower end of the difference's 95 % confidence interval")
            double low,

            @Schema(description = "Upper end of the difference's 95 % confidence interval")
            double high,

            @Schema(description = "Two-sided, by a paired randomization test: below 0.05 is usually called significant")
            double pValue) {

        static SliceView of(Paired paired) {
            return new SliceView(
                    paired.set(),
                    paired.label(),
                    paired.temperature(),
                    paired.metric(),
                    paired.comparison().items(),
                    paired.comparison().second(),
                    paired.comparison().first(),
                    paired.comparison().difference(),
                    paired.comparison().interval().low(),
                    paired.comparison().interval().high(),
                    paired.comparison().pValue());
        }
    }

    static PairedView of(
            VersionReference version,
            VersionReference with,
            EvaluationFinished ours,
            EvaluationFinished theirs,
            List<Paired> compared) {
        return new PairedView(
                ReferenceView.of(version),
                ReferenceView.of(with),
                ours.getRunId(),
                theirs.getRunId(),
                compared.stream().map(SliceView::of).toList());
    }
}
