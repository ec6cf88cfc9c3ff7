package io.minigpt.orchestrator;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.dataset.v1.Selection;
import java.util.List;
import java.util.Optional;

/** Checks what a fine-tuning dataset is to be made of, before a run spends anything on the way there. */
public final class SelectionAdmission {

    private final Presets presets;
    private final Corpora corpora;

    SelectionAdmission(Presets presets, Corpora corpora) {
        this.presets = presets;
        this.corpora = corpora;
    }

    /** Why a run could not freeze its fine-tuning dataset, naming the property; empty if it could. */
    Optional<String> refusal(PipelineSpec spec) {
        List<String> templates = presets.templates();
        if (!templates.contains(spec.template())) {
            return Optional.of("selection.template: no template '" + spec.template()
                    + "' in config/templates; there are " + templates);
        }
        List<String> sets = corpora.evaluationSets(spec.corpus());
        return spec.evaluationSets().stream()
                .filter(set -> !sets.contains(set))
                .findFirst()
                .map(set -> "selection.evaluationSets: corpus '" + spec.corpus() + "' has no evaluation set '" + set
                        + "' that is known here; there are " + sets);
    }

    /** @throws InvalidRequestException naming a field that a pipeline does not take */
    public static void requireTaken(Selection selection) {
        Selection rest = selection.toBuilder()
                .clearMaxGenerated()
                .clearCuratedRepeat()
                .clearTemplate()
                .clearEvaluationSets()
                .build();
        rest.getAllFields().keySet().stream()
                .map(FieldDescriptor::getJsonName)
                .findFirst()
                .ifPresent(field -> {
                    throw new InvalidRequestException(
                            "selection." + field + " is nothing that a pipeline takes; it takes"
                                    + " maxGenerated, curatedRepeat, template and evaluationSets");
                });
    }
}
