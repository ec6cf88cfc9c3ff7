package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Body of {@code POST /v1/completions}: a text, or several, to continue. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "CompletionRequest")
public record CompletionBody(
        @Schema(required = true, description = "name, name@alias or name:version", examples = "samples-base")
        String model,

        @Schema(
                required = true,
                description = "A text, a list of texts, token ids or lists of token ids to continue",
                examples = "长城")
        JsonNode prompt,

        @Schema(description = "The most new tokens", minimum = "1")
        Integer maxTokens,

        @Schema(description = "0 takes the likeliest token", minimum = "0", maximum = "2")
        Double temperature,

        @Schema(description = "Sample among the likeliest tokens that together have this probability", maximum = "1")
        Double topP,

        @Schema(description = "Sample among this many likeliest tokens; 0 for all", minimum = "0")
        Integer topK,

        @Schema(
                description = "Sample among tokens with at least this share of the likeliest one's probability",
                minimum = "0")
        Double minP,

        @Schema(description = "Taken from the logits of tokens that the text has", minimum = "-2", maximum = "2")
        Double presencePenalty,

        @Schema(
                description = "Taken from the logits of tokens for each time that the text has them",
                minimum = "-2",
                maximum = "2")
        Double frequencyPenalty,

        @Schema(description = "Divides the logits of tokens in prompt or text; 1 for none", maximum = "10")
        Double repetitionPenalty,

        @Schema(description = "So many tokens may not stand in the same order twice; 0 for no such rule", minimum = "0")
        Integer noRepeatNgram,

        @Schema(description = "Added to the logits of tokens, by their ids: -100 to 100")
        Map<Integer, Double> logitBias,

        @Schema(description = "Seed of the random stream; of several answers, the first one's")
        Long seed,

        @Schema(description = "How many answers, each with a seed of its own", minimum = "1")
        Integer n,

        @Schema(
                description = "Log-probabilities of the tokens, and of so many of the likeliest ones at each place",
                minimum = "0",
                maximum = "20")
        Integer logprobs,

        @Schema(description = "A text or up to four at which the answer ends")
        JsonNode stop,

        @Schema(description = "What counts as repeating, and ends: safe, seed or off")
        String repetition,

        @Schema(description = "Whether tokens that make the text malformed UTF-8 are never chosen (default: true)")
        Boolean banInvalidUtf8,

        @Schema(
                description =
                        "When the context is full: slide forgets its older half (default), stop ends; a prompt must then fit")
        String contextOverflow,

        @Schema(description = "Whether the text is the same to the bit whatever else runs, at the cost of speed")
        Boolean deterministic,

        @Schema(
                description =
                        "Whether the answer repeats the prompt at its beginning; with logprobs, of its tokens too")
        Boolean echo,

        @Schema(description = "How many texts to choose the n likeliest from; cannot be streamed", minimum = "1")
        Integer bestOf,

        @Schema(description = "Whether the answer comes as server-sent events")
        Boolean stream,

        StreamOptions streamOptions)
        implements SamplingBody {}
