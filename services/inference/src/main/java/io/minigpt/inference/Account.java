package io.minigpt.inference;

import io.minigpt.inference.LimitExceededException.Limit;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Whose calls count together: who has a key, with its limits on this replica, or who calls from an address. */
public final class Account {

    private static final Duration TEXT = Duration.ofSeconds(1);

    private final String name;
    private final Optional<MinuteBudget> requests;
    private final Optional<MinuteBudget> tokens;
    private final OptionalInt most;
    private int texts;

    private Account(
            String name, Optional<MinuteBudget> requests, Optional<MinuteBudget> tokens, OptionalInt mostTexts) {
        this.name = name;
        this.requests = requests;
        this.tokens = tokens;
        this.most = mostTexts;
    }

    /** One without limits. */
    public static Account unlimited(String name) {
        return new Account(name, Optional.empty(), Optional.empty(), OptionalInt.empty());
    }

    /** That of a key. @param clock nanoseconds since any time */
    static Account of(String name, InferenceConfig.Key key, LongSupplier clock) {
        return new Account(
                name, budget(key.requestsPerMinute(), clock), budget(key.tokensPerMinute(), clock), key.texts());
    }

    /** What callers take turns by. */
    public String name() {
        return name;
    }

    /** Counts a request. @throws LimitExceededException if there are too many */
    public synchronized void request() {
        requests.ifPresent(budget -> {
            require(budget, 1, Limit.REQUESTS);
            budget.take(1);
        });
    }

    /**
     * Lets texts begin.
     *
     * @param wanted how many
     * @param reserved the most tokens that they can come to, their prompts included
     * @throws LimitExceededException if that is more than it may have now, or ever
     */
    public synchronized Admission admit(int wanted, long reserved) {
        if (most.isPresent() && texts + wanted > most.getAsInt()) {
            throw new LimitExceededException(
                    Limit.TEXTS,
                    wanted + " texts more than the " + texts + " that are being generated are too many: the key may"
                            + " have " + most.getAsInt() + " at the same time",
                    wanted > most.getAsInt() ? Optional.empty() : Optional.of(TEXT));
        }
        tokens.ifPresent(budget -> {
            require(budget, reserved, Limit.TOKENS);
            budget.take(reserved);
        });
        texts += wanted;
        return new Admission(this, wanted, reserved);
    }

    synchronized void putBack(long unused) {
        tokens.ifPresent(budget -> budget.putBack(unused));
    }

    synchronized void leave(int ended) {
        texts -= ended;
    }

    private static void require(MinuteBudget budget, long units, Limit limit) {
        String kind = limit == Limit.REQUESTS ? "requests" : "tokens";
        if (units > budget.most()) {
            throw new LimitExceededException(
                    limit,
                    "the request can come to " + units + " " + kind + ", and the key may have " + budget.most()
                            + " in a minute",
                    Optional.empty());
        }
        budget.until(units).ifPresent(wait -> {
            throw new LimitExceededException(
                    limit,
                    "the key has used its " + budget.most() + " " + kind + " in a minute; try again later",
                    Optional.of(wait));
        });
    }

    private static Optional<MinuteBudget> budget(OptionalInt most, LongSupplier clock) {
        return most.isPresent() ? Optional.of(new MinuteBudget(most.getAsInt(), clock)) : Optional.empty();
    }
}
