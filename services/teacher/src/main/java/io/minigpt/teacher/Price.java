package io.minigpt.teacher;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What a model's tokens cost, in whatever currency the configuration has in mind.
 *
 * @param in for a million tokens of prompts
 * @param out for a million tokens of replies
 */
public record Price(BigDecimal in, BigDecimal out) {

    /** Costs nothing. */
    public static final Price NONE = new Price(BigDecimal.ZERO, BigDecimal.ZERO);

    private static final int MILLION = 6;

    public Price {
        requireNotNegative("price in", in);
        requireNotNegative("price out", out);
    }

    /** The price of so many tokens, exactly. */
    public BigDecimal of(long tokensIn, long tokensOut) {
        return in.multiply(BigDecimal.valueOf(tokensIn))
                .add(out.multiply(BigDecimal.valueOf(tokensOut)))
                .movePointLeft(MILLION);
    }

    private static void requireNotNegative(String name, BigDecimal price) {
        Objects.requireNonNull(price, name);
        if (price.signum() < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + price);
        }
    }
}
