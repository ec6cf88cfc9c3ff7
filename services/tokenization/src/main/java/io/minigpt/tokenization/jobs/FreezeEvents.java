package io.minigpt.tokenization.jobs;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.jobs.Job;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.DatasetVersionSealed;
import io.minigpt.proto.dataset.v1.FreezeFinished;
import io.minigpt.proto.dataset.v1.FreezeProgressed;
import io.minigpt.proto.dataset.v1.FreezeStarted;
import io.minigpt.proto.dataset.v1.Selection;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.tokenization.Freeze;
import io.minigpt.tokenization.SealedVersion;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Tells what happens to freezes and which versions there are. */
@ApplicationScoped
class FreezeEvents {

    private final Outbox outbox;

    FreezeEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void started(Handle transaction, Job job, Freeze freeze, long total) {
        publish(
                transaction,
                job,
                FreezeStarted.newBuilder()
                        .setRunId(freeze.runId())
                        .setName(freeze.name())
                        .setRecordsTotal(total)
                        .build());
    }

    void progressed(Handle transaction, Job job, long total, long done) {
        publish(
                transaction,
                job,
                FreezeProgressed.newBuilder()
                        .setRunId(job.id())
                        .setRecordsTotal(total)
                        .setRecordsDone(done)
                        .build());
    }

    void succeeded(Handle transaction, Job job, DatasetVersion version) {
        publish(
                transaction,
                job,
                FreezeFinished.newBuilder()
                        .setRunId(job.id())
                        .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                        .setVersion(version)
                        .build());
    }

    void ended(Handle transaction, Job job, Outcome outcome, String reason) {
        publish(
                transaction,
                job,
                FreezeFinished.newBuilder()
                        .setRunId(job.id())
                        .setOutcome(outcome)
                        .setReason(reason)
                        .build());
    }

    void sealed(Handle transaction, Job job, SealedVersion sealed) {
        DatasetVersion version = sealed.version();
        DatasetVersionSealed event = DatasetVersionSealed.newBuilder()
                .setVersion(version)
                .setRunId(sealed.runId())
                .setSealedAt(Timestamp.newBuilder()
                        .setSeconds(sealed.sealedAt().getEpochSecond())
                        .setNanos(sealed.sealedAt().getNano()))
                .addAllInputs(sealed.inputs())
                .setSelection(Selection.newBuilder()
                        .setMaxGenerated(sealed.selection().maxGenerated())
                        .setCuratedRepeat(sealed.selection().curatedRepeat())
                        .addAllKinds(sealed.selection().kinds())
                        .addAllPromptVersions(sealed.selection().promptVersions())
                        .setMaxVariants(sealed.selection().maxVariants())
                        .setGeneratedRepeat(sealed.selection().generatedRepeat())
                        .setMinGrounding(sealed.selection().minGrounding())
                        .setSeparator(sealed.selection().separator().text())
                        .setTemplate(sealed.selection().template())
                        .addAllEvaluationSets(sealed.selection().evaluationSets()))
                .build();
        outbox.publish(
                transaction,
                version.getName() + ":" + version.getVersion(),
                job.correlationId(),
                job.causationId(),
                event);
    }

    private void publish(Handle transaction, Job job, Message message) {
        outbox.publish(transaction, job.id(), job.correlationId(), job.causationId(), message);
    }
}
