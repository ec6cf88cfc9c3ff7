package io.minigpt.orchestrator;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.proto.dataset.v1.RegenerationRequested;
import io.minigpt.proto.dataset.v1.Selection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a pipeline run does, with the presets as they were when it was asked for.
 *
 * @param name its models are {@code {name}-base} and {@code {name}}, its datasets {@code {name}-pretraining} and
 *     {@code {name}-sft}
 * @param corpus corpus it learns from
 * @param corpusRevision state of the corpus that every step waits for
 * @param teacher teacher of questions and variants; empty for the configured one
 * @param modelPreset file of {@code config/model}
 * @param pretrainingPreset file of {@code config/training}
 * @param sftPreset file of {@code config/training}
 * @param modelConfiguration JSON object with nanoGPT's keys
 * @param pretrainingConfiguration JSON object with nanoGPT's keys
 * @param sftConfiguration JSON object with nanoGPT's keys
 * @param maxGenerated at most so many generated pairs in the fine-tuning dataset; 0 for all
 * @param curatedRepeat how often each trained record of a curated family stands in the fine-tuning dataset
 * @param template text form of its pairs
 * @param evaluationSets imported evaluation sets that are frozen with it, each once and in order, so that requests for
 *     the same are equal
 * @param alias alias that the new versions get
 * @param regeneration what it regenerates; empty if it makes everything
 */
public record PipelineSpec(
        String name,
        String corpus,
        long corpusRevision,
        String teacher,
        String modelPreset,
        String pretrainingPreset,
        String sftPreset,
        JsonNode modelConfiguration,
        JsonNode pretrainingConfiguration,
        JsonNode sftConfiguration,
        long maxGenerated,
        int curatedRepeat,
        String template,
        List<String> evaluationSets,
        String alias,
        Optional<Regeneration> regeneration) {

    /** Text form of the pairs of those who name none. */
    static final String USUAL_TEMPLATE = "qa";

    public PipelineSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(corpus, "corpus");
        Objects.requireNonNull(teacher, "teacher");
        Objects.requireNonNull(modelConfiguration, "modelConfiguration");
        Objects.requireNonNull(pretrainingConfiguration, "pretrainingConfiguration");
        Objects.requireNonNull(sftConfiguration, "sftConfiguration");
        Objects.requireNonNull(alias, "alias");
        Objects.requireNonNull(regeneration, "regeneration");
        // absent in what earlier releases stored
        template = template == null || template.isEmpty() ? USUAL_TEMPLATE : template;
        evaluationSets = evaluationSets == null
                ? List.of()
                : evaluationSets.stream().distinct().sorted().toList();
    }

    /** The steps that it takes. */
    @JsonIgnore
    public Set<StepName> steps() {
        return regeneration.map(Regeneration::steps).orElseGet(() -> EnumSet.complementOf(EnumSet.of(StepName.PLAN)));
    }

    /** The same pipeline, of which only what changed is made again; what the request leaves open stays. */
    PipelineSpec regenerating(long revision, RegenerationRequested request, Regeneration changed) {
        boolean selected = request.hasSelection();
        Selection selection = request.getSelection();
        return new PipelineSpec(
                name,
                corpus,
                revision,
                changed.teacher().isEmpty() ? teacher : changed.teacher(),
                modelPreset,
                pretrainingPreset,
                sftPreset,
                modelConfiguration,
                pretrainingConfiguration,
                sftConfiguration,
                selected ? selection.getMaxGenerated() : maxGenerated,
                selected ? Math.max(1, selection.getCuratedRepeat()) : curatedRepeat,
                selected ? selection.getTemplate() : template,
                selected ? selection.getEvaluationSetsList() : evaluationSets,
                alias,
                Optional.of(changed));
    }

    /** Name of the pretrained model. */
    @JsonIgnore
    public String baseModel() {
        return name + "-base";
    }

    /** Name of the fine-tuned model. */
    @JsonIgnore
    public String model() {
        return name;
    }
}
