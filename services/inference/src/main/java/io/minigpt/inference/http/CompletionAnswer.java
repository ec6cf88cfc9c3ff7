package io.minigpt.inference.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Answer of {@code POST /v1/completions}, and a chunk of it in a stream.
 *
 * @param id id of the answer, the same in all of its chunks
 * @param object text_completion
 * @param created seconds since 1970
 * @param model the version that answered, name:version
 * @param choices one for each prompt
 * @param usage tokens; not in the chunks of a stream but, if asked for, the last
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Completion")
public record CompletionAnswer(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        @JsonInclude(JsonInclude.Include.NON_NULL) Usage usage) {

    /**
     * A continuation.
     *
     * @param index which prompt it continues
     * @param text the text, or a piece of it
     * @param logprobs its tokens, if they were asked for; else null
     * @param finishReason stop or length; null before the end
     * @param stopReason end_of_text, stop_text or repetition; null before the end
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "CompletionChoice")
    public record Choice(int index, String text, CompletionLogprobs logprobs, String finishReason, String stopReason) {}
}
