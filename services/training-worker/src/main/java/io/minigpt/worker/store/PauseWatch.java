package io.minigpt.worker.store;

import io.minigpt.platform.database.Database;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/** Looks now and then whether a run in progress is to be held back. Used by the run's thread. */
final class PauseWatch {

    private static final Logger LOG = Logger.getLogger(PauseWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Database database;
    private final RunControl control;
    private final String runId;
    private long lookAt = System.nanoTime();
    private boolean asked;

    PauseWatch(Database database, RunControl control, String runId) {
        this.database = database;
        this.control = control;
        this.runId = runId;
    }

    /** Whether it is to be held back. Once true it stays so. */
    boolean asked() {
        if (!asked && System.nanoTime() - lookAt >= 0) {
            try {
                asked = database.read(this::reason).isPresent();
            } catch (RuntimeException e) {
                // steps need no database; if it stays away, the next checkpoint ends this lease
                LOG.warnf("cannot see whether run %s is to be paused: %s", runId, e.getMessage());
            }
            lookAt = System.nanoTime() + LOOK_EVERY.toNanos();
        }
        return asked;
    }

    /** Why, unless it has been resumed. */
    Optional<String> reason(Handle transaction) {
        return control.pauseAsked(transaction, runId);
    }
}
