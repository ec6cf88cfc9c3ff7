package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Body of {@code POST /v1/chat/completions}: the last message of the user is the question. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "ChatCompletionRequest")
public record ChatBody(
        @Schema(required = true, description = "name, name@alias or name:version", examples = "samples")
        String model,

        @Schema(required = true, description = "The last message of the role user is the question")
        List<Message> messages,

        @Schema(description = "The most new tokens", minimum = "1")
        Integer maxTokens,

        @Schema(description = "The newer name of max_tokens", minimum = "1")
        Integer maxCompletionTokens,

        @Schema(description = "0 takes the likeliest token", minimum = "0", maximum = "2")
        Double temperature,

        @Schema(description = "Sample among the likeliest tokens that together have this probability", maximum = "1")
        Double topP,

        @Schema(description = "Sample among this many likeliest tokens; 0 for all", minimum = "0")
        Integer topK,

        @Schema(description = "Seed of the random stream") Long seed,

        @Schema(description = "A text or up to four at which the answer ends")
        JsonNode stop,

        @Schema(description = "What counts as repeating, and ends: safe, seed or off")
        String repetition,

        @Schema(description = "Whether the answer comes as server-sent events")
        Boolean stream,

        StreamOptions streamOptions)
        implements SamplingBody {

    /**
     * A message.
     *
     * @param role system, developer, user, assistant or tool
     * @param content a text, or a list of parts of the type text
     * @param name ignored
     */
    public record Message(String role, JsonNode content, String name) {}

    @Override
    public Integer maxTokens() {
        return maxCompletionTokens == null ? maxTokens : maxCompletionTokens;
    }
}
