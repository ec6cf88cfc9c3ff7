package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Body of {@code POST /v1/completions}: a text, or several, to continue. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "CompletionRequest")
public record CompletionBody(
        @Schema(required = true, description = "name, name@alias or name:version", examples = "samples-base")
        String model,

        @Schema(required = true, description = "A text or a list of texts to continue", examples = "长城")
        JsonNode prompt,

        @Schema(description = "The most new tokens", minimum = "1")
        Integer maxTokens,

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

        @Schema(description = "Whether the answer repeats the prompt at its beginning")
        Boolean echo,

        @Schema(description = "Whether the answer comes as server-sent events")
        Boolean stream,

        StreamOptions streamOptions)
        implements SamplingBody {}
