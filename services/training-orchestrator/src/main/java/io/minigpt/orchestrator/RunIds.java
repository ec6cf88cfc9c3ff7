package io.minigpt.orchestrator;

import java.security.SecureRandom;
import java.time.Instant;

/** Short ids that sort by their time. */
public final class RunIds {

    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int BITS = 5;
    private static final int TIME_DIGITS = 9;
    private static final int RANDOM_DIGITS = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RunIds() {}

    /** A new id: nine digits of milliseconds since 1970 and six of chance, in Crockford's base 32. */
    public static String next() {
        return next(Instant.now());
    }

    static String next(Instant time) {
        return digits(time.toEpochMilli(), TIME_DIGITS) + digits(RANDOM.nextLong(), RANDOM_DIGITS);
    }

    private static String digits(long value, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = count - 1; i >= 0; i--) {
            text.append(DIGITS.charAt((int) (value >>> (BITS * i)) & (DIGITS.length() - 1)));
        }
        return text.toString();
    }
}
