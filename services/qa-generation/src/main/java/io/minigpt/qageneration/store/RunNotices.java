package io.minigpt.qageneration.store;

import com.google.protobuf.Message;
import io.minigpt.platform.events.EventCatalog;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationCounts;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.GenerationProgressed;
import io.minigpt.proto.generation.v1.GenerationStarted;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.proto.generation.v1.PairRetracted;
import io.minigpt.qageneration.Counts;
import io.minigpt.qageneration.Run;
import io.minigpt.qageneration.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Tells the world about runs. */
@ApplicationScoped
class RunNotices {

    private final Outbox outbox;
    private final Streams streams;

    RunNotices(Outbox outbox, Streams streams) {
        this.outbox = outbox;
        this.streams = streams;
    }

    void started(Handle transaction, Run run, Counts counts) {
        publish(
                transaction,
                run,
                GenerationStarted.newBuilder()
                        .setRunId(run.id())
                        .setCorpus(run.corpus())
                        .setTeacher(run.teacherLabel())
                        .setPromptVersion(run.promptVersion())
                        .setCounts(message(counts))
                        .build());
    }

    void progressed(Handle transaction, Run run, Counts counts) {
        publish(
                transaction,
                run,
                GenerationProgressed.newBuilder()
                        .setRunId(run.id())
                        .setCounts(message(counts))
                        .build());
    }

    /** @return revision of the pair stream, which holds all pairs of the run's documents */
    long finished(Handle transaction, Run run, Counts counts) {
        StreamRevision output = streams.published(transaction, run.stream());
        GenerationFinished.Builder message = GenerationFinished.newBuilder()
                .setRunId(run.id())
                .setCorpus(run.corpus())
                .setOutcome(outcome(run.state()))
                .setCounts(message(counts))
                .setOutput(output);
        if (run.state().reason() != null) {
            message.setReason(run.state().reason());
        }
        count(message, PairGenerated.getDefaultInstance(), counts.generated());
        count(message, PairRetracted.getDefaultInstance(), counts.retracted());
        publish(transaction, run, message.build());
        return output.getRevision();
    }

    private void publish(Handle transaction, Run run, Message message) {
        outbox.publish(transaction, run.id(), run.correlationId(), run.causationId(), message);
    }

    private static void count(GenerationFinished.Builder message, Message type, long published) {
        if (published > 0) {
            message.putPublished(EventCatalog.of(type).name(), published);
        }
    }

    private static Outcome outcome(RunState state) {
        return switch (state) {
            case RunState.Succeeded _ -> Outcome.OUTCOME_SUCCEEDED;
            case RunState.Failed _ -> Outcome.OUTCOME_FAILED;
            case RunState.Cancelled _ -> Outcome.OUTCOME_CANCELLED;
            case RunState.Waiting _, RunState.Running _ ->
                throw new IllegalStateException("a run that is " + state.name() + " has not finished");
        };
    }

    private static GenerationCounts message(Counts counts) {
        return GenerationCounts.newBuilder()
                .setDocumentsTotal(counts.total())
                .setDocumentsDone(counts.done())
                .setDocumentsReused(counts.reused())
                .setDocumentsFailed(counts.failed())
                .setPairsAccepted(counts.pairs())
                .putAllPairsRejected(counts.rejected())
                .setTeacherCalls(counts.calls())
                .setTokensIn(counts.tokensIn())
                .setTokensOut(counts.tokensOut())
                .build();
    }
}
