package io.minigpt.tokenization.jobs;

import com.google.protobuf.InvalidProtocolBufferException;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.jobs.Job;
import io.minigpt.platform.jobs.JobHandler;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.dataset.v1.RegenerationPlan;
import io.minigpt.proto.dataset.v1.RegenerationPlanFinished;
import io.minigpt.proto.dataset.v1.RegenerationPlanRequested;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.tokenization.RegenerationScope;
import io.minigpt.tokenization.store.PlanStore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Plans a regeneration when its inputs have arrived, and tells what it found; it changes nothing. */
@ApplicationScoped
class PlanJob implements JobHandler {

    static final String KIND = "plan";

    private final PlanStore plans;
    private final Outbox outbox;

    PlanJob(PlanStore plans, Outbox outbox) {
        this.plans = plans;
        this.outbox = outbox;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobLease lease) throws InvalidProtocolBufferException {
        RegenerationPlanRequested command =
                RegenerationPlanRequested.parseFrom(lease.job().payload());
        RegenerationPlan plan;
        try {
            plan = plans.plan(new RegenerationScope(
                    command.getDataset(),
                    command.getCorpus(),
                    command.getDocumentIdsList(),
                    command.getPrompt(),
                    command.getTeacher()));
        } catch (InvalidRequestException e) {
            throw new PermanentFailureException(e.getMessage());
        }
        lease.succeed(transaction -> publish(
                transaction,
                lease.job(),
                RegenerationPlanFinished.newBuilder()
                        .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                        .setPlan(plan)));
    }

    @Override
    public void failed(Handle transaction, Job job, String reason) {
        ended(transaction, job, Outcome.OUTCOME_FAILED, reason);
    }

    @Override
    public void cancelled(Handle transaction, Job job, String reason) {
        ended(transaction, job, Outcome.OUTCOME_CANCELLED, reason);
    }

    private void ended(Handle transaction, Job job, Outcome outcome, String reason) {
        publish(
                transaction,
                job,
                RegenerationPlanFinished.newBuilder().setOutcome(outcome).setReason(reason));
    }

    private void publish(Handle transaction, Job job, RegenerationPlanFinished.Builder end) {
        outbox.publish(
                transaction,
                job.id(),
                job.correlationId(),
                job.causationId(),
                end.setRunId(job.id()).build());
    }
}
