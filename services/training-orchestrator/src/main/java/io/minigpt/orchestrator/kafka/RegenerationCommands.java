package io.minigpt.orchestrator.kafka;

import io.minigpt.orchestrator.Admission;
import io.minigpt.orchestrator.store.Regenerations;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.platform.events.RefusedEventException;
import io.minigpt.proto.dataset.v1.RegenerationRequested;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;

/** Requests to regenerate. A malformed one goes to the dead-letter topic with the reason. */
@ApplicationScoped
class RegenerationCommands {

    private final Regenerations regenerations;

    RegenerationCommands(Regenerations regenerations) {
        this.regenerations = regenerations;
    }

    @Produces
    @Singleton
    EventHandler<RegenerationRequested> regenerationRequested() {
        return new Handler<>(RegenerationRequested.class, this::start);
    }

    private void start(Handle transaction, Event<RegenerationRequested> event) {
        String given = event.data().getRequestId();
        try {
            String id = Admission.runId(given.isEmpty() ? event.id() : given);
            regenerations.request(transaction, id, event.data(), event.id());
        } catch (InvalidRequestException e) {
            throw new RefusedEventException(e.getMessage());
        }
    }
}
