package io.minigpt.platform.events;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A wake-up call for one waiting thread; calls while it works are remembered as one. */
public final class Signal {

    private final Semaphore permits = new Semaphore(0);

    /** Wakes the waiting thread now, or its next wait at once. */
    public void raise() {
        if (permits.availablePermits() == 0) {
            permits.release();
        }
    }

    /** Waits until raised or until the time is over. */
    public void await(Duration time) throws InterruptedException {
        if (permits.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
            permits.drainPermits();
        }
    }
}
