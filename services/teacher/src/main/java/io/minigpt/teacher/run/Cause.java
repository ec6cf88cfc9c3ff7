package io.minigpt.teacher.run;

import io.minigpt.platform.events.Event;

/**
 * Why something is done or published.
 *
 * @param correlationId the pipeline run that it belongs to; empty if none
 * @param eventId the event that caused it; empty if none
 */
public record Cause(String correlationId, String eventId) {

    /** Somebody asked by hand. */
    public static final Cause BY_HAND = new Cause("", "");

    /** An event that came in. */
    public static Cause of(Event<?> event) {
        return new Cause(event.correlationId(), event.id());
    }
}
