package io.minigpt.teacher;

import java.time.Duration;

/** A bucket that fills with tokens at a steady rate; each call takes one. */
@FunctionalInterface
public interface TokenBucket {

    /** Takes a token. @return zero; if there is none, the time until there is one */
    Duration take();
}
