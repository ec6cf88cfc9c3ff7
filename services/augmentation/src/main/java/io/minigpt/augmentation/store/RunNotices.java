package io.minigpt.augmentation.store;

import com.google.protobuf.Message;
import io.minigpt.augmentation.Counts;
import io.minigpt.augmentation.Run;
import io.minigpt.augmentation.RunState;
import io.minigpt.platform.events.EventCatalog;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import io.minigpt.proto.augmentation.v1.AugmentationCounts;
import io.minigpt.proto.augmentation.v1.AugmentationFinished;
import io.minigpt.proto.augmentation.v1.AugmentationProgressed;
import io.minigpt.proto.augmentation.v1.AugmentationStarted;
import io.minigpt.proto.augmentation.v1.VariantGenerated;
import io.minigpt.proto.augmentation.v1.VariantRetracted;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamRevision;
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
                AugmentationStarted.newBuilder()
                        .setRunId(run.id())
                        .setCorpus(run.corpus())
                        .setTeacher(run.teacherLabel())
                        .setCounts(message(counts))
                        .build());
    }

    void progressed(Handle transaction, Run run, Counts counts) {
        publish(
                transaction,
                run,
                AugmentationProgressed.newBuilder()
                        .setRunId(run.id())
                        .setCounts(message(counts))
                        .build());
    }

    /** @return revision of the variant stream, which holds all variants of the run's questions */
    long finished(Handle transaction, Run run, Counts counts) {
        StreamRevision output = streams.published(transaction, run.stream());
        AugmentationFinished.Builder message = AugmentationFinished.newBuilder()
                .setRunId(run.id())
                .setCorpus(run.corpus())
                .setOutcome(outcome(run.state()))
                .setCounts(message(counts))
                .setOutput(output);
        if (run.state().reason() != null) {
            message.setReason(run.state().reason());
        }
        count(message, VariantGenerated.getDefaultInstance(), counts.generated());
        count(message, VariantRetracted.getDefaultInstance(), counts.retracted());
        publish(transaction, run, message.build());
        return output.getRevision();
    }

    private void publish(Handle transaction, Run run, Message message) {
        outbox.publish(transaction, run.id(), run.correlationId(), run.causationId(), message);
    }

    private static void count(AugmentationFinished.Builder message, Message type, long published) {
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

    private static AugmentationCounts message(Counts counts) {
        return AugmentationCounts.newBuilder()
                .setPairsTotal(counts.total())
                .setPairsDone(counts.done())
                .setPairsReused(counts.reused())
                .setPairsShort(counts.missing())
                .setVariantsAccepted(counts.variants())
                .putAllVariantsRejected(counts.rejected())
                .setTeacherCalls(counts.calls())
                .build();
    }
}
