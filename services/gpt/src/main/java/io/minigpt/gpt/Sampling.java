package io.minigpt.gpt;

import io.minigpt.gpt.text.Tokenizer;
import java.util.Map;

/**
 * How a token is chosen from the model's probabilities. In this order: single tokens become likelier or less likely
 * ({@code logitBias}), tokens said before lose probability
 * ({@code repetitionPenalty}, {@code presencePenalty}, {@code frequencyPenalty}) or are excluded
 * ({@code noRepeatNgram}), logits are divided by the temperature, and of the
 * likeliest {@code topK} those remain that together have {@code topP} and each at least {@code minP} times the greatest
 * probability. One of the remaining is drawn.
 *
 * @param temperature 0 for the likeliest token, at most 100
 * @param topK the number of likeliest tokens to draw from, 0 for all
 * @param topP the likeliest tokens that together have this probability, 1 for all
 * @param minP the least probability relative to the likeliest token's, 0 for any
 * @param repetitionPenalty by which the logits of tokens in the prompt or the text so far are divided if positive,
 *     multiplied if negative (Keskar et al., "CTRL", 2019, section 4.1); 1 for none
 * @param presencePenalty what is taken from the logits of tokens that the text has so far, the prompt not counted, as
 *     OpenAI's interface defines it; a negative one makes them likelier
 * @param frequencyPenalty the same for each time that the text has the token
 * @param noRepeatNgram the number of tokens that may not stand in the same order twice, 0 for no such rule; the end
 *     token is always allowed
 * @param logitBias what is added to the logits of single tokens, -100 to 100 each
 * @param seed of the random stream, which depends on it and on the token's position alone
 */
public record Sampling(
        double temperature,
        int topK,
        double topP,
        double minP,
        double repetitionPenalty,
        double presencePenalty,
        double frequencyPenalty,
        int noRepeatNgram,
        Map<Integer, Double> logitBias,
        long seed) {
    /** The likeliest token, always. */
    public static final Sampling GREEDY = new Sampling(0, 0, 1, 0, 1, 0, 0, 0, Map.of(), 0);

    private static final double MOST_PENALTY = 2;
    private static final double MOST_BIAS = 100;

    public Sampling {
        require(temperature >= 0 && temperature <= 100, "temperature", temperature, "0 to 100");
        require(topK >= 0, "topK", topK, "at least 0");
        require(topP > 0 && topP <= 1, "topP", topP, "greater than 0 and at most 1");
        require(minP >= 0 && minP < 1, "minP", minP, "at least 0 and less than 1");
        require(
                repetitionPenalty > 0 && repetitionPenalty <= 10,
                "repetitionPenalty",
                repetitionPenalty,
                "greater than 0 and at most 10");
        requirePenalty("presencePenalty", presencePenalty);
        requirePenalty("frequencyPenalty", frequencyPenalty);
        require(noRepeatNgram >= 0, "noRepeatNgram", noRepeatNgram, "at least 0");
        logitBias = Map.copyOf(logitBias);
        logitBias.forEach((id, bias) -> require(
                id >= 0 && id < Tokenizer.SIZE && Math.abs(bias) <= MOST_BIAS,
                "logitBias",
                id + ": " + bias,
                "ids of 0 to " + (Tokenizer.SIZE - 1) + " with -100 to 100"));
    }

    private static void requirePenalty(String property, double penalty) {
        require(Math.abs(penalty) <= MOST_PENALTY, property, penalty, "-2 to 2");
    }

    static void require(boolean holds, String property, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(property + " is " + value + ", but must be " + allowed);
        }
    }
}
