package io.minigpt.qageneration.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.platform.events.RefusedEventException;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.qageneration.GenerationScope;
import io.minigpt.qageneration.store.GenerationRuns;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.RunRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Starts runs that are asked for. */
@ApplicationScoped
class GenerationRequestedHandler implements EventHandler<GenerationRequested> {

    private final GenerationRuns runs;

    GenerationRequestedHandler(GenerationRuns runs) {
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

    private static RunRequest<GenerationScope> request(GenerationRequested command) {
        String stream = command.getInput().getStream();
        if (command.hasInput() && !stream.equals("corpus/" + command.getCorpus())) {
            throw new RefusedEventException(
                    "input names the stream '" + stream + "', not that of corpus '" + command.getCorpus() + "'");
        }
        try {
            return new RunRequest<>(
                    command.getRunId(),
                    command.getCorpus(),
                    command.hasInput() ? List.of(command.getInput()) : List.of(),
                    new GenerationScope(command.getPrompt(), command.getMaxDocuments()),
                    command.getTeacher());
        } catch (IllegalArgumentException e) {
            throw new RefusedEventException(e.getMessage());
        }
    }
}
