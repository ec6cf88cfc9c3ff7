package io.minigpt.orchestrator.kafka;

import io.minigpt.orchestrator.Admission;
import io.minigpt.orchestrator.IllegalTransitionException;
import io.minigpt.orchestrator.PipelineRequest;
import io.minigpt.orchestrator.PipelineSpec;
import io.minigpt.orchestrator.SelectionAdmission;
import io.minigpt.orchestrator.store.Pipelines;
import io.minigpt.orchestrator.store.VersionStore;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.platform.events.RefusedEventException;
import io.minigpt.proto.pipeline.v1.PipelineCancellationRequested;
import io.minigpt.proto.pipeline.v1.PipelineRequested;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;

/**
 * The commands that do what the interface does. One that cannot be done goes to the dead-letter topic with the reason.
 */
@ApplicationScoped
class PipelineCommands {

    private final Admission admission;
    private final VersionStore versions;
    private final Pipelines pipelines;

    PipelineCommands(Admission admission, VersionStore versions, Pipelines pipelines) {
        this.admission = admission;
        this.versions = versions;
        this.pipelines = pipelines;
    }

    @Produces
    @Singleton
    EventHandler<PipelineRequested> requested() {
        return new Handler<>(PipelineRequested.class, this::start);
    }

    @Produces
    @Singleton
    EventHandler<PipelineCancellationRequested> cancellationRequested() {
        return new Handler<>(PipelineCancellationRequested.class, this::cancel);
    }

    private void start(Handle transaction, Event<PipelineRequested> event) {
        PipelineRequested command = event.data();
        try {
            PipelineSpec spec = admission.pipeline(request(command), versions.corpora(transaction));
            pipelines.start(transaction, Admission.runId(command.getRunId()), spec, event.id());
        } catch (InvalidRequestException e) {
            throw new RefusedEventException(e.getMessage());
        }
    }

    private void cancel(Handle transaction, Event<PipelineCancellationRequested> event) {
        String reason = event.data().getReason().isEmpty()
                ? "asked for by a command"
                : event.data().getReason();
        try {
            pipelines.cancel(transaction, event.data().getRunId(), reason, event.id());
        } catch (NotFoundException | IllegalTransitionException e) {
            throw new RefusedEventException(e.getMessage());
        }
    }

    private static PipelineRequest request(PipelineRequested command) {
        SelectionAdmission.requireTaken(command.getSelection());
        PipelineRequest.Selection selection = command.hasSelection()
                ? new PipelineRequest.Selection(
                        command.getSelection().getMaxGenerated(),
                        Math.max(1, command.getSelection().getCuratedRepeat()),
                        command.getSelection().getTemplate(),
                        command.getSelection().getEvaluationSetsList())
                : null;
        return new PipelineRequest(
                command.getName(),
                command.getCorpus(),
                command.getCorpusRevision() == 0 ? null : command.getCorpusRevision(),
                command.getTeacher(),
                command.getModelPreset(),
                command.getPretrainingPreset(),
                command.getSftPreset(),
                command.getPretrainingOverridesMap(),
                command.getSftOverridesMap(),
                command.getAlias().isEmpty() ? null : command.getAlias(),
                selection);
    }
}
