package io.minigpt.teacher.run;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run may spend before it is paused. Calls that are under way when it is spent are finished.
 *
 * @param tokens tokens sent and received; empty for any number
 * @param cost money, in the currency of the configured prices; empty for any amount
 */
public record Budget(OptionalLong tokens, Optional<BigDecimal> cost) {

    /** Without limits. */
    public static final Budget NONE = new Budget(OptionalLong.empty(), Optional.empty());

    /** @throws IllegalArgumentException if a limit is not positive */
    public Budget {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(cost, "cost");
        if (tokens.isPresent() && tokens.getAsLong() < 1) {
            throw new IllegalArgumentException("max_tokens must be at least 1, but is " + tokens.getAsLong());
        }
        if (cost.isPresent() && cost.get().signum() <= 0) {
            throw new IllegalArgumentException("max_cost must be more than 0, but is " + cost.get());
        }
    }

    /** Limits of which each may be missing. @param tokens null for none; @param cost null for none */
    public static Budget of(Long tokens, BigDecimal cost) {
        return new Budget(tokens == null ? OptionalLong.empty() : OptionalLong.of(tokens), Optional.ofNullable(cost));
    }

    /** An amount of money as it is written in an event. @throws IllegalArgumentException if it is no number */
    public static BigDecimal amount(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("max_cost '" + text + "' is not a decimal number", e);
        }
    }

    /** Whether there is no limit. */
    boolean unlimited() {
        return tokens.isEmpty() && cost.isEmpty();
    }

    /** These limits, where another budget has some its own. */
    Budget replacedBy(Budget other) {
        return new Budget(other.tokens.isPresent() ? other.tokens : tokens, other.cost.isPresent() ? other.cost : cost);
    }

    /** Says which limit is reached; empty if none is. */
    Optional<String> reachedBy(Teaching spent) {
        if (tokens.isPresent() && spent.tokens() >= tokens.getAsLong()) {
            return Optional.of("its cap of " + tokens.getAsLong() + " tokens is reached: " + spent.tokens() + " spent");
        }
        return cost.filter(limit -> spent.cost().compareTo(limit) >= 0)
                .map(limit -> "its cap of " + limit.toPlainString() + " is reached: "
                        + spent.cost().stripTrailingZeros().toPlainString() + " spent");
    }
}
