package io.minigpt.platform.jobs;

import io.minigpt.proto.event.v1.StreamRevision;
import java.util.List;
import java.util.Objects;

/**
 * Work to be done once, by whichever replica leases it.
 *
 * @param id names the work; submitting an id twice does it once
 * @param kind which handler does it
 * @param priority higher first
 * @param payload what the handler needs, usually the command's bytes
 * @param correlationId the pipeline run it belongs to; empty if none
 * @param causationId id of the event that asked for it; empty if none
 * @param inputs what must have arrived before it starts
 */
public record Job(
        String id,
        String kind,
        int priority,
        byte[] payload,
        String correlationId,
        String causationId,
        List<StreamRevision> inputs) {

    public Job {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(correlationId, "correlationId");
        Objects.requireNonNull(causationId, "causationId");
        payload = payload.clone();
        inputs = List.copyOf(inputs);
    }

    /** A job that needs nothing to have arrived. */
    public static Job of(String id, String kind, byte[] payload, String correlationId, String causationId) {
        return new Job(id, kind, 0, payload, correlationId, causationId, List.of());
    }
}
