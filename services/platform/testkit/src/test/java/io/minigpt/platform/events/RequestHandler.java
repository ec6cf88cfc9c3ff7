package io.minigpt.platform.events;

import io.minigpt.proto.generation.v1.GenerationRequested;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Leaves one effect for each command that is applied. */
@ApplicationScoped
class RequestHandler implements EventHandler<GenerationRequested> {

    @Override
    public Class<GenerationRequested> type() {
        return GenerationRequested.class;
    }

    @Override
    public void handle(Handle transaction, Event<GenerationRequested> event) {
        if (event.data().getCorpus().isEmpty()) {
            throw new RefusedEventException("corpus is missing");
        }
        transaction
                .createUpdate("insert into effect (run_id) values (:run)")
                .bind("run", event.data().getRunId())
                .execute();
    }
}
