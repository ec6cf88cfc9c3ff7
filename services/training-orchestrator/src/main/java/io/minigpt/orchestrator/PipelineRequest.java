package io.minigpt.orchestrator;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a caller asks a pipeline run to do; what is not given has its default. */
@Schema(description = "A pipeline run: from a corpus to a served model")
public record PipelineRequest(
        @Schema(description = "Name; the models become {name}-base and {name}", required = true, examples = "samples")
        String name,

        @Schema(description = "Corpus to learn from", required = true, examples = "samples")
        String corpus,

        @Schema(description = "State of the corpus to wait for; the latest known if not given")
        Long corpusRevision,

        @Schema(description = "Teacher of questions and variants; the configured one if not given")
        String teacher,

        @Schema(description = "File of config/model", defaultValue = "demo")
        String modelPreset,

        @Schema(description = "File of config/training for pretraining", defaultValue = "demo-pretrain")
        String pretrainingPreset,

        @Schema(description = "File of config/training for fine-tuning", defaultValue = "demo-sft")
        String sftPreset,

        @Schema(description = "Keys of the pretraining preset to replace")
        Map<String, String> pretrainingOverrides,

        @Schema(description = "Keys of the fine-tuning preset to replace")
        Map<String, String> sftOverrides,

        @Schema(description = "Alias that the new versions get", defaultValue = "champion")
        String alias,

        @Schema(description = "Which records the fine-tuning dataset holds")
        Selection selection) {

    /** Which records the fine-tuning dataset holds, and in what form. */
    public record Selection(
            @Schema(description = "At most so many generated pairs, the first in document order; 0 for all")
            Long maxGenerated,

            @Schema(description = "How often each trained record of a curated family stands in it", defaultValue = "1")
            Integer curatedRepeat,

            @Schema(description = "Text form of its pairs, a file of config/templates", defaultValue = "qa")
            String template,

            @Schema(description = "Imported evaluation sets of the corpus to freeze with it")
            List<String> evaluationSets) {}
}
