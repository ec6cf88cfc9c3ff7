package io.minigpt.orchestrator;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

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
 * @param alias alias that the new versions get
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
        String alias) {

    public PipelineSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(corpus, "corpus");
        Objects.requireNonNull(teacher, "teacher");
        Objects.requireNonNull(modelConfiguration, "modelConfiguration");
        Objects.requireNonNull(pretrainingConfiguration, "pretrainingConfiguration");
        Objects.requireNonNull(sftConfiguration, "sftConfiguration");
        Objects.requireNonNull(alias, "alias");
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
