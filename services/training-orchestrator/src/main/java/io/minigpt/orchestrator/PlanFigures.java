package io.minigpt.orchestrator;

import io.minigpt.proto.dataset.v1.RegenerationPlan;
import io.minigpt.proto.dataset.v1.TeacherEstimate;
import io.minigpt.proto.dataset.v1.TouchedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of a regeneration plan. */
final class PlanFigures {

    /** Ids that the interface shows; the rest is in the event. */
    private static final int IDS_SHOWN = 20;

    private PlanFigures() {}

    static Figures of(RegenerationPlan plan) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("dataset", plan.getDataset());
        details.put("parentVersion", plan.getParentVersion());
        details.put("corpusRevision", plan.getCorpus().getRevision());
        details.put("prompt", plan.getPrompt());
        details.put("promptVersion", plan.getPromptVersion());
        details.put("teacher", plan.getTeacherLabel());
        details.put("documents", plan.getDocuments());
        details.put(
                "firstDocumentIds",
                plan.getDocumentIdsList().stream().limit(IDS_SHOWN).toList());
        details.put("documentsRetracted", plan.getDocumentsRetracted());
        details.put("pairs", plan.getPairs());
        details.put("questions", plan.getQuestions());
        if (plan.hasPairsEstimate()) {
            details.put("pairsEstimate", estimate(plan.getPairsEstimate()));
        }
        if (plan.hasVariantsEstimate()) {
            details.put("variantsEstimate", estimate(plan.getVariantsEstimate()));
        }
        details.put("versions", List.copyOf(plan.getVersionsList()));
        details.put(
                "models", plan.getModelsList().stream().map(PlanFigures::model).toList());
        return new Figures(plan.getDocuments(), plan.getDocuments(), details);
    }

    private static Map<String, Object> estimate(TeacherEstimate estimate) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("measured", estimate.getMeasured());
        row.put("calls", estimate.getCalls());
        row.put("tokensIn", estimate.getTokensIn());
        row.put("tokensOut", estimate.getTokensOut());
        row.put("cost", estimate.getCost());
        return row;
    }

    private static Map<String, Object> model(TouchedModel model) {
        return Map.of(
                "model", model.getModel(),
                "version", model.getVersion(),
                "datasetVersion", model.getDatasetVersion());
    }
}
