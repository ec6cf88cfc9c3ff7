package io.minigpt.worker.device;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import sun.misc.Signal;

/**
 * Lets a run save itself when the process is told to end. The JVM's shutdown hooks all start at once, and libtorch's
 * refuses further calls from that moment on; so the application stops first, and the JVM after it.
 */
@ApplicationScoped
class TerminationSignal {

    /** What a shell reports of a process that SIGTERM ended. */
    private static final int EXIT_STATUS = 143;

    void handle(@Observes StartupEvent event, LaunchMode mode) {
        if (mode == LaunchMode.NORMAL) {
            Signal.handle(new Signal("TERM"), signal -> Quarkus.asyncExit(EXIT_STATUS));
        }
    }
}
