package io.minigpt.platform.jobs;

import io.minigpt.platform.events.Streams;
import io.minigpt.proto.event.v1.StreamRevision;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Submits, cancels and looks at jobs, in the caller's transaction. */
@ApplicationScoped
public class JobQueue {

    private final Streams streams;
    private final Map<String, JobHandler> handlers;

    public JobQueue(Streams streams, @All List<JobHandler> handlers) {
        this.streams = streams;
        this.handlers = handlers.stream().collect(Collectors.toMap(JobHandler::kind, Function.identity()));
    }

    /** Queues the job unless one with its id was queued before. @return whether it is new */
    public boolean submit(Handle transaction, Job job) {
        return submitAll(transaction, List.of(job)) == 1;
    }

    /** Queues many jobs. @return how many are new */
    public int submitAll(Handle transaction, List<Job> jobs) {
        PreparedBatch rows = transaction.prepareBatch("""
                insert into job (id, kind, state, priority, payload, correlation_id, causation_id)
                values (:id, :kind, 'queued', :priority, :payload, :correlation, :causation)
                on conflict (id) do nothing
                """);
        PreparedBatch inputs = transaction.prepareBatch(
                "insert into job_input (job_id, stream, revision) values (:job, :stream, :revision) on conflict do nothing");
        for (Job job : jobs) {
            if (!handlers.containsKey(job.kind())) {
                throw new IllegalArgumentException("no handler for jobs of kind " + job.kind());
            }
            rows.bind("id", job.id())
                    .bind("kind", job.kind())
                    .bind("priority", job.priority())
                    .bind("payload", job.payload())
                    .bind("correlation", job.correlationId())
                    .bind("causation", job.causationId())
                    .add();
            for (StreamRevision input : job.inputs()) {
                inputs.bind("job", job.id())
                        .bind("stream", input.getStream())
                        .bind("revision", input.getRevision())
                        .add();
            }
        }
        int added = 0;
        if (rows.size() > 0) {
            for (int count : rows.execute()) {
                added += Math.max(count, 0);
            }
        }
        if (inputs.size() > 0) {
            inputs.execute();
        }
        return added;
    }

    /**
     * Asks for a job to be stopped. One that no replica has is cancelled at once; a leased one is stopped by the
     * replica that has it. An unknown or ended job stays as it is.
     */
    public void cancel(Handle transaction, String id, String reason) {
        Optional<String> state = transaction
                .createQuery("select state from job where id = :id for update")
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
        if (state.isEmpty()) {
            return;
        }
        switch (state.get()) {
            case "queued" -> {
                set(transaction, id, "state = 'cancelled', reason = :reason", reason);
                Job job = find(transaction, id).orElseThrow();
                handlers.get(job.kind()).cancelled(transaction, job, reason);
            }
            case "leased" -> set(transaction, id, "cancellation = :reason", reason);
            default -> {}
        }
    }

    /**
     * Queues a job again that has failed or was cancelled, as if it had not failed before. That takes a lease number, so
     * that what its last replica still says is not taken for news.
     *
     * @return that number; empty if the job is unknown, under way or has succeeded
     */
    public OptionalLong again(Handle transaction, String id) {
        return transaction
                .createQuery("""
                        update job set state = 'queued', lease = lease + 1, failures = 0, cancellation = null,
                                       reason = null, not_before = '-infinity', updated_at = clock_timestamp()
                        where id = :id and state in ('failed', 'cancelled')
                        returning lease
                        """)
                .bind("id", id)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** Lets nobody take these jobs for a while; one that a replica has goes on. */
    public void postpone(Handle transaction, Collection<String> ids, Duration delay) {
        transaction
                .createUpdate("""
                        update job set not_before = clock_timestamp() + :delay * interval '1 millisecond'
                        where id = any(:ids) and state = 'queued'
                          and not_before < clock_timestamp() + :delay * interval '1 millisecond'
                        """)
                .bind("ids", ids.toArray(String[]::new))
                .bind("delay", delay.toMillis())
                .execute();
    }

    /** Lets these jobs be taken at once. */
    public void hasten(Handle transaction, Collection<String> ids) {
        transaction.createUpdate("""
                        update job set not_before = clock_timestamp()
                        where id = any(:ids) and state = 'queued' and not_before > clock_timestamp()
                        """).bind("ids", ids.toArray(String[]::new)).execute();
    }

    /** The job with this id. */
    public Optional<Job> find(Handle transaction, String id) {
        return transaction
                .createQuery("select * from job where id = :id")
                .bind("id", id)
                .map((row, context) -> JobRows.job(row))
                .findOne();
    }

    /** Where the job with this id stands. */
    public Optional<JobState> state(Handle transaction, String id) {
        return transaction
                .createQuery("select state, owner, lease, reason from job where id = :id")
                .bind("id", id)
                .map((row, context) -> (JobState)
                        switch (row.getString("state")) {
                            case "queued" -> waitingOrQueued(transaction, id);
                            case "leased" -> new JobState.Leased(row.getString("owner"), row.getLong("lease"));
                            case "succeeded" -> new JobState.Succeeded();
                            case "failed" -> new JobState.Failed(row.getString("reason"));
                            case "cancelled" -> new JobState.Cancelled(row.getString("reason"));
                            default -> throw new IllegalStateException("job state " + row.getString("state"));
                        })
                .findOne();
    }

    private JobState waitingOrQueued(Handle transaction, String id) {
        List<JobState.Input> missing = transaction
                .createQuery("select stream, revision from job_input where job_id = :id order by stream")
                .bind("id", id)
                .map((row, context) -> StreamRevision.newBuilder()
                        .setStream(row.getString("stream"))
                        .setRevision(row.getLong("revision"))
                        .build())
                .list()
                .stream()
                .map(input -> new JobState.Input(input, streams.received(transaction, input)))
                .filter(input -> input.have() < input.expected().getRevision())
                .toList();
        return missing.isEmpty() ? new JobState.Queued() : new JobState.WaitingForInputs(missing);
    }

    private static void set(Handle transaction, String id, String assignment, String reason) {
        transaction
                .createUpdate("update job set " + assignment + ", updated_at = clock_timestamp() where id = :id")
                .bind("id", id)
                .bind("reason", reason)
                .execute();
    }
}
