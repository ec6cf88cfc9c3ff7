package io.minigpt.gpt;

import java.util.List;

/**
 * How probable a generated token was to the model, before any rule of sampling: at temperature 1, among all tokens.
 *
 * @param id the token
 * @param logProbability the natural logarithm of its probability
 * @param alternatives the likeliest tokens at its place, the likeliest first; the token itself may be among them
 */
public record TokenProbability(int id, double logProbability, List<Alternative> alternatives) {
    /** One of the likeliest tokens at a place. */
    public record Alternative(int id, double logProbability) {}

    public TokenProbability {
        alternatives = List.copyOf(alternatives);
    }
}
