package io.minigpt.teacher.run;

import com.google.protobuf.Message;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamRevision;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Tells the world how runs go. */
@ApplicationScoped
class RunReports {

    private final RunSubjects subjects;
    private final Outbox outbox;
    private final Streams streams;

    RunReports(RunSubjects subjects, Outbox outbox, Streams streams) {
        this.subjects = subjects;
        this.outbox = outbox;
        this.streams = streams;
    }

    <S> void started(Handle transaction, RunKind<S> kind, Run<S> run) {
        publish(transaction, run, kind.started(run, counts(transaction, kind, run)));
    }

    <S> void progressed(Handle transaction, RunKind<S> kind, Run<S> run) {
        publish(transaction, run, kind.progressed(run, counts(transaction, kind, run)));
    }

    /** @return revision of the stream that holds all results of the run's subjects */
    <S> long finished(Handle transaction, RunKind<S> kind, Run<S> run) {
        StreamRevision output = streams.published(transaction, kind.name() + "/" + run.corpus());
        Message message = kind.finished(run, counts(transaction, kind, run), outcome(run.state()), output);
        publish(transaction, run, message);
        return output.getRevision();
    }

    <S> Counts counts(Handle transaction, RunKind<S> kind, Run<S> run) {
        return subjects.counts(transaction, run.id(), kind.wanted(run.scope()));
    }

    private void publish(Handle transaction, Run<?> run, Message message) {
        outbox.publish(
                transaction, run.id(), run.cause().correlationId(), run.cause().eventId(), message);
    }

    private static Outcome outcome(RunState state) {
        return switch (state) {
            case RunState.Succeeded _ -> Outcome.OUTCOME_SUCCEEDED;
            case RunState.Failed _ -> Outcome.OUTCOME_FAILED;
            case RunState.Cancelled _ -> Outcome.OUTCOME_CANCELLED;
            case RunState.Waiting _, RunState.Running _, RunState.Paused _ ->
                throw new IllegalStateException("a run that is " + state.name() + " has not ended");
        };
    }
}
