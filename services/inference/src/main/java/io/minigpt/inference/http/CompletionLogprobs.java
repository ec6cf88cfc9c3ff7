package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The tokens of a continuation, or of a piece of one, in their order; a stop text's tokens are among them. The first
 * token of a prompt has no probability, and therefore null.
 *
 * @param tokens each token's text, or its bytes where it is a part of a character
 * @param tokenLogprobs the natural logarithm of each one's probability, before any rule of sampling
 * @param topLogprobs the likeliest tokens at each place
 * @param textOffset where in the text each begins
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "CompletionLogprobs")
public record CompletionLogprobs(
        List<String> tokens,
        List<Double> tokenLogprobs,
        List<Map<String, Double>> topLogprobs,
        List<Integer> textOffset) {}
