package io.minigpt.augmentation.store;

import io.minigpt.augmentation.Run;
import io.minigpt.platform.events.Event;

/**
 * Why something is published.
 *
 * @param correlationId the pipeline run that it belongs to; empty if none
 * @param eventId the event that caused it; empty if none
 */
public record Cause(String correlationId, String eventId) {

    /** An event that came in. */
    public static Cause of(Event<?> event) {
        return new Cause(event.correlationId(), event.id());
    }

    /** What asked for a run. */
    static Cause of(Run run) {
        return new Cause(run.correlationId(), run.causationId());
    }
}
