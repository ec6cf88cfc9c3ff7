package io.minigpt.qageneration.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.platform.events.RefusedEventException;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.qageneration.RunRequest;
import io.minigpt.qageneration.store.Cause;
import io.minigpt.qageneration.store.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Starts runs that are asked for. */
@ApplicationScoped
class GenerationRequestedHandler implements EventHandler<GenerationRequested> {

    private final Runs runs;

    GenerationRequestedHandler(Runs runs) {
        this.runs = runs;
    }

    @Override
    public Class<GenerationRequested> type() {
        return GenerationRequested.class;
    }

    @Override
    public void handle(Handle transaction, Event<GenerationRequested> event) {
        runs.request(transaction, request(event.data()), Cause.of(event));
    }

    private static RunRequest request(GenerationRequested command) {
        String stream = command.getInput().getStream();
        if (command.hasInput() && !stream.equals("corpus/" + command.getCorpus())) {
            throw new RefusedEventException(
                    "input names the stream '" + stream + "', not that of corpus '" + command.getCorpus() + "'");
        }
        try {
            return new RunRequest(
                    command.getRunId(),
                    command.getCorpus(),
                    command.hasInput() ? Optional.of(command.getInput().getRevision()) : Optional.empty(),
                    command.getPrompt(),
                    command.getTeacher(),
                    command.getMaxDocuments());
        } catch (IllegalArgumentException e) {
            throw new RefusedEventException(e.getMessage());
        }
    }
}
