package io.minigpt.corpus.store;

import java.util.Locale;
import java.util.Optional;

/** Where an import stands. */
public enum ImportState {
    QUEUED,
    RUNNING,
    FINISHED,
    /** Not read to the end; what came before is stored. */
    FAILED,
    CANCELLED;

    /** How it ends once its body was read. */
    public static ImportState ofBody(Optional<String> brokenOff) {
        return brokenOff.isPresent() ? FAILED : FINISHED;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
