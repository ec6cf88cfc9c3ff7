package io.minigpt.local.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * What the main job is to do.
 *
 * @param name what the run and its models are called
 * @param corpus corpus to learn from
 * @param corpusRevision the least state of the corpus, as its import returned it
 * @param modelPreset a file of {@code config/model}
 * @param pretrainingPreset a file of {@code config/training}
 * @param sftPreset a file of {@code config/training}
 * @param pretrainingOverrides settings that replace the preset's
 * @param sftOverrides settings that replace the preset's
 * @param alias alias that the new versions get
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PipelineRequest(
        String name,
        String corpus,
        Long corpusRevision,
        String modelPreset,
        String pretrainingPreset,
        String sftPreset,
        Map<String, String> pretrainingOverrides,
        Map<String, String> sftOverrides,
        String alias) {

    PipelineRequest withRevision(long revision) {
        return new PipelineRequest(
                name,
                corpus,
                revision,
                modelPreset,
                pretrainingPreset,
                sftPreset,
                pretrainingOverrides,
                sftOverrides,
                alias);
    }
}
