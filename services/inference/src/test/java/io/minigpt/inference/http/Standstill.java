package io.minigpt.inference.http;

import java.util.function.LongSupplier;

/** Whether a growing number has come to a standstill: the same in several looks, one after the other. */
final class Standstill {

    /** It still moves. */
    static final long MOVING = -1;

    private static final int LOOKS = 8;

    private final LongSupplier number;
    private long last = MOVING;
    private int same;

    Standstill(LongSupplier number) {
        this.number = number;
    }

    /** One look. @return the number, or {@link #MOVING} */
    long bytes() {
        long now = number.getAsLong();
        same = now == last && now > 0 ? same + 1 : 0;
        last = now;
        return same < LOOKS ? MOVING : now;
    }
}
