package io.minigpt.inference.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.minigpt.gpt.TokenProbability;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The tokens of an answer, or of a piece of one, in their order; a stop text's tokens are among them.
 *
 * @param content the tokens
 * @param refusal always null
 */
@Schema(name = "ChatLogprobs")
public record ChatLogprobs(
        List<Token> content,
        @JsonInclude(JsonInclude.Include.ALWAYS) Object refusal) {

    /**
     * A token.
     *
     * @param token its text, or its bytes where it is a part of a character
     * @param logprob the natural logarithm of its probability, before any rule of sampling
     * @param bytes its bytes
     * @param topLogprobs the likeliest tokens at its place
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "ChatToken")
    public record Token(String token, double logprob, List<Integer> bytes, List<Likely> topLogprobs) {}

    /**
     * One of the likeliest tokens at a place.
     *
     * @param token its text, or its bytes where it is a part of a character
     * @param logprob the natural logarithm of its probability
     * @param bytes its bytes
     */
    @Schema(name = "ChatLikelyToken")
    public record Likely(String token, double logprob, List<Integer> bytes) {}

    /** Null where there are no tokens, as OpenAI's interface has it. */
    static ChatLogprobs of(List<TokenProbability> tokens) {
        return tokens.isEmpty()
                ? null
                : new ChatLogprobs(tokens.stream().map(ChatLogprobs::token).toList(), null);
    }

    private static Token token(TokenProbability token) {
        return new Token(
                Tokens.text(token.id()),
                token.logProbability(),
                Tokens.bytes(token.id()),
                token.alternatives().stream()
                        .map(likely -> new Likely(
                                Tokens.text(likely.id()), likely.logProbability(), Tokens.bytes(likely.id())))
                        .toList());
    }
}
