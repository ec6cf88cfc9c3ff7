package io.minigpt.platform.events;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A wake-up call for one waiting thread; calls while it works are remembered as one. */
public final class Signal {

    private final Semaphore permits = new Semaphore(0);
    private final Duration rest;
    private long woken = System.nanoTime();

    public Signal() {
        this(Duration.ZERO);
    }

    /** @param rest how long a wait takes at least since the one before, so that many calls in that time are one */
    public Signal(Duration rest) {
        this.rest = rest;
    }

    /** Wakes the waiting thread now, or its next wait at once. */
    public void raise() {
        if (permits.availablePermits() == 0) {
            permits.release();
        }
    }

    /** Waits until raised or until the time is over. */
    public void await(Duration time) throws InterruptedException {
        if (permits.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
            TimeUnit.NANOSECONDS.sleep(woken + rest.toNanos() - System.nanoTime());
            permits.drainPermits();
        }
        woken = System.nanoTime();
    }
}
