package io.minigpt.inference.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Answer of {@code POST /v1/chat/completions}, and a chunk of it in a stream.
 *
 * @param id id of the answer, the same in all of its chunks
 * @param object chat.completion, or chat.completion.chunk in a stream
 * @param created seconds since 1970
 * @param model the version that answered, name:version
 * @param choices the answers, n of them
 * @param usage tokens; not in the chunks of a stream but, if asked for, the last
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "ChatCompletion")
public record ChatAnswer(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        @JsonInclude(JsonInclude.Include.NON_NULL) Usage usage) {

    /**
     * An answer.
     *
     * @param index which of them
     * @param message the answer; not in a stream
     * @param delta a piece of the answer; only in a stream
     * @param logprobs its tokens, if they were asked for; else null
     * @param finishReason stop or length; null before the end
     * @param stopReason end_of_text, stop_text or repetition; null before the end
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "ChatChoice")
    public record Choice(
            int index,
            @JsonInclude(JsonInclude.Include.NON_NULL) Message message,
            @JsonInclude(JsonInclude.Include.NON_NULL) Message delta,
            ChatLogprobs logprobs,
            String finishReason,
            String stopReason) {}

    /**
     * A message, or a piece of one.
     *
     * @param role assistant
     * @param content the text
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ChatAnswerMessage")
    public record Message(String role, String content) {}
}
