package io.minigpt.tokenization.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.minigpt.proto.dataset.v1.RegenerationPlan;
import io.minigpt.proto.dataset.v1.TeacherEstimate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a regeneration touches. */
@Schema(name = "RegenerationPlan")
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlanView(
        String dataset,

        @Schema(description = "the version that the new one would follow")
        int parentVersion,

        @Schema(description = "state of the corpus that was looked at")
        long corpusRevision,

        String prompt,
        String promptVersion,

        @Schema(description = "name and version") String teacher,

        @Schema(description = "documents that the teacher is asked about")
        long documents,

        @Schema(description = "their ids; left out when there are more than 10,000")
        List<String> documentIds,

        @Schema(description = "documents that are gone") long documentsRetracted,

        @Schema(description = "generated pairs that are replaced or go")
        long pairs,

        @Schema(description = "curated questions without variants")
        long questions,

        @Schema(description = "for the documents; left out if no run of this teacher has ended")
        Estimate pairsEstimate,

        @Schema(description = "for the questions; left out if no run of this teacher has ended")
        Estimate variantsEstimate,

        @Schema(description = "versions of the dataset that may hold the pairs")
        List<Integer> versions,

        @Schema(description = "models trained on these") List<Model> models) {

    /** What a teacher is expected to take. @param measured documents or questions behind the average */
    @Schema(name = "TeacherEstimate")
    record Estimate(long measured, long calls, long tokensIn, long tokensOut, String cost) {

        static Estimate of(TeacherEstimate estimate) {
            return new Estimate(
                    estimate.getMeasured(),
                    estimate.getCalls(),
                    estimate.getTokensIn(),
                    estimate.getTokensOut(),
                    estimate.getCost());
        }
    }

    /** A registered model version. */
    @Schema(name = "TouchedModel")
    record Model(String model, int version, int datasetVersion) {}

    static PlanView of(RegenerationPlan plan) {
        return new PlanView(
                plan.getDataset(),
                plan.getParentVersion(),
                plan.getCorpus().getRevision(),
                plan.getPrompt(),
                plan.getPromptVersion(),
                plan.getTeacherLabel(),
                plan.getDocuments(),
                plan.getWholeCorpus() ? null : plan.getDocumentIdsList(),
                plan.getDocumentsRetracted(),
                plan.getPairs(),
                plan.getQuestions(),
                plan.hasPairsEstimate() ? Estimate.of(plan.getPairsEstimate()) : null,
                plan.hasVariantsEstimate() ? Estimate.of(plan.getVariantsEstimate()) : null,
                plan.getVersionsList(),
                plan.getModelsList().stream()
                        .map(model -> new Model(model.getModel(), model.getVersion(), model.getDatasetVersion()))
                        .toList());
    }
}
