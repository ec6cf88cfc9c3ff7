package io.minigpt.inference.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where an answer came from.
 *
 * @param id of the response
 * @param model the version that answered, name:version
 * @param dataset name of the dataset that the version learned; absent if the registry has not told
 * @param datasetVersion version of that dataset; absent with it
 * @param at when it was answered
 * @param texts the texts of the response
 */
@Schema(name = "Trace")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TraceView(String id, String model, String dataset, Integer datasetVersion, Instant at, List<Text> texts) {

    /**
     * A text of the response.
     *
     * @param prompt what was asked
     * @param answer what was answered
     * @param temperature sampling temperature
     * @param seed of its random stream
     * @param finishReason how it ended
     * @param verdict memorised, paraphrased, unsupported or, if the records could not be asked, unknown
     * @param reason why it is unknown; absent if it is not
     * @param nearest the training records nearest to prompt and answer, with parent, teacher, passage and document
     */
    @Schema(name = "TracedText")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Text(
            String prompt,
            String answer,
            double temperature,
            long seed,
            String finishReason,
            String verdict,
            String reason,
            List<JsonNode> nearest) {}
}
