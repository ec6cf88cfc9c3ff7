package io.minigpt.qageneration.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.platform.events.RefusedEventException;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.qageneration.Depth;
import io.minigpt.qageneration.DocumentChoice;
import io.minigpt.qageneration.GenerationScope;
import io.minigpt.qageneration.store.GenerationRuns;
import io.minigpt.teacher.run.Budget;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.RunRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
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

    /** A request that makes no sense ends its run as failed, if it names one: somebody may wait for the end. */
    @Override
    public void handle(Handle transaction, Event<GenerationRequested> event) {
        GenerationRequested command = event.data();
        try {
            runs.request(transaction, request(command), Cause.of(event));
        } catch (IllegalArgumentException e) {
            if (!RunRequest.isId(command.getRunId())) {
                throw new RefusedEventException(e.getMessage());
            }
            runs.refuse(transaction, command.getRunId(), command.getCorpus(), e.getMessage(), Cause.of(event));
        }
    }

    private static RunRequest<GenerationScope> request(GenerationRequested command) {
        String stream = command.getInput().getStream();
        if (command.hasInput() && !stream.equals("corpus/" + command.getCorpus())) {
            throw new IllegalArgumentException(
                    "input names the stream '" + stream + "', not that of corpus '" + command.getCorpus() + "'");
        }
        return new RunRequest<>(
                command.getRunId(),
                command.getCorpus(),
                command.hasInput() ? List.of(command.getInput()) : List.of(),
                new GenerationScope(
                        command.getPrompt(),
                        new DocumentChoice(command.getMaxDocuments(), named(command), command.getSinceRunId()),
                        new Depth(command.getQuestionsPerSentence(), command.getFirstPassageOnly(), 0)),
                command.getTeacher(),
                Budget.of(
                        command.getMaxTokens() == 0 ? null : command.getMaxTokens(),
                        command.getMaxCost().isEmpty() ? null : Budget.amount(command.getMaxCost())));
    }

    private static Optional<List<String>> named(GenerationRequested command) {
        if (!command.hasDocuments()) {
            return DocumentChoice.only(command.getDocumentId());
        }
        if (!command.getDocumentId().isEmpty()) {
            throw new IllegalArgumentException("document_id and documents are both given");
        }
        return Optional.of(command.getDocuments().getIdsList());
    }
}
