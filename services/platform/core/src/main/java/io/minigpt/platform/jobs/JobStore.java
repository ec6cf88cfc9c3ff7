package io.minigpt.platform.jobs;

import io.minigpt.platform.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** The statements behind leasing. Time is the database's clock. */
@ApplicationScoped
class JobStore {

    /** A leased job with the number of its lease. */
    record Leased(Job job, long lease) {}

    private static final int SILENT_LEASES = 3;
    private static final int SCANNED = 1000;

    private static final String READY = """
            (state = 'queued' and not_before <= clock_timestamp()
             or state = 'leased' and lease_until < clock_timestamp())
            and not exists (
                select 1 from job_input i left join stream_received r using (stream)
                where i.job_id = j.id
                  and i.revision > 0
                  and not coalesce(r.received @> int8range(1, i.revision + 1), false))
            order by priority desc, created_at, id
            """;

    private final Database database;

    JobStore(Database database) {
        this.database = database;
    }

    /** How long a transaction on jobs may do nothing before the database takes its replica for frozen and ends it. */
    static Duration silence(Duration lease) {
        return lease.multipliedBy(SILENT_LEASES);
    }

    /**
     * Leases up to {@code limit} jobs of a kind whose inputs have arrived, new ones and ones whose lease ran out.
     *
     * @param selection which of them; empty for all
     */
    List<Leased> lease(String kind, int limit, String owner, Duration duration, Optional<Predicate<Job>> selection) {
        Optional<String[]> selected = selection.map(wanted ->
                ready(kind).stream().filter(wanted).map(Job::id).limit(limit).toArray(String[]::new));
        if (selected.isPresent() && selected.get().length == 0) {
            return List.of();
        }
        // one statement, so that a replica that is frozen here keeps nothing locked
        return database.singly(handle -> handle.createQuery("""
                        update job set state = 'leased', lease = lease + 1, owner = :owner,
                                       lease_until = clock_timestamp() + :duration * interval '1 millisecond',
                                       updated_at = clock_timestamp()
                        where id in (
                            select id from job j
                            where kind = :kind and (:all or id = any(:selected)) and
                        """ + READY + """
                            limit :limit
                            for update skip locked)
                        returning *
                        """)
                .bind("kind", kind)
                .bind("all", selected.isEmpty())
                .bind("selected", selected.orElseGet(() -> new String[0]))
                .bind("owner", owner)
                .bind("limit", limit)
                .bind("duration", duration.toMillis())
                .map((row, context) -> new Leased(JobRows.job(row), row.getLong("lease")))
                .list());
    }

    /** Jobs of a kind that can be leased now, in the order in which they are; at most so many that a scan stays short. */
    private List<Job> ready(String kind) {
        return database.read(transaction -> transaction
                .createQuery("select * from job j where kind = :kind and " + READY + " limit " + SCANNED)
                .bind("kind", kind)
                .map((row, context) -> JobRows.job(row))
                .list());
    }

    /**
     * Renews leases: first those whose jobs nobody has locked, then the others one by one. To wait for one that a long
     * transaction has locked would otherwise keep all others locked meanwhile.
     *
     * @return for each lease that still holds, the reason of a cancellation if one was asked for
     */
    Map<String, Optional<String>> renew(Collection<JobLease> leases, Duration duration) {
        Map<String, Long> numbers = new HashMap<>();
        leases.forEach(lease -> numbers.put(lease.job().id(), lease.number()));
        return database.singly(handle -> {
            Map<String, Optional<String>> held = new HashMap<>(renew(handle, numbers, duration, "skip locked"));
            numbers.forEach((id, lease) -> {
                if (!held.containsKey(id)) {
                    held.putAll(renew(handle, Map.of(id, lease), duration, ""));
                }
            });
            return held;
        });
    }

    private static Map<String, Optional<String>> renew(
            Handle handle, Map<String, Long> leases, Duration duration, String locked) {
        List<String> ids = List.copyOf(leases.keySet());
        return handle.createQuery("""
                        update job set lease_until = clock_timestamp() + :duration * interval '1 millisecond'
                        where id in (
                            select j.id from job j
                            join unnest(:ids::text[], :leases::bigint[]) as mine (id, lease) using (id, lease)
                            where j.state = 'leased' for update of j <locked>)
                        returning id, cancellation
                        """)
                .define("locked", locked)
                .bind("duration", duration.toMillis())
                .bind("ids", ids.toArray(String[]::new))
                .bind("leases", ids.stream().map(leases::get).toArray(Long[]::new))
                .reduceRows(new HashMap<>(), (held, row) -> {
                    held.put(
                            row.getColumn("id", String.class),
                            Optional.ofNullable(row.getColumn("cancellation", String.class)));
                    return held;
                });
    }

    /** Puts a job back so that any replica can take it at once or after a delay. */
    void release(JobLease lease, int failures, Duration delay, String reason) {
        database.run(transaction -> transaction
                .createUpdate("""
                        update job set state = 'queued', lease_until = null, owner = null, reason = :reason,
                                       failures = failures + :failures,
                                       not_before = clock_timestamp() + :delay * interval '1 millisecond',
                                       updated_at = clock_timestamp()
                        where id = :id and lease = :lease and state = 'leased'
                        """)
                .bind("id", lease.job().id())
                .bind("lease", lease.number())
                .bind("failures", failures)
                .bind("delay", delay.toMillis())
                .bind("reason", reason)
                .execute());
    }

    /** Failures of a job so far. */
    int failures(String id) {
        return database.read(transaction -> transaction
                .createQuery("select failures from job where id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .one());
    }

    /** Removes ended jobs and handled command ids that are older than the retention. */
    void prune(Duration retention) {
        database.run(transaction -> {
            delete(transaction, "job where state in ('succeeded', 'failed', 'cancelled') and updated_at", retention);
            delete(transaction, "inbox where received_at", retention);
        });
    }

    private static void delete(Handle transaction, String what, Duration retention) {
        transaction
                .createUpdate("delete from " + what + " < clock_timestamp() - :age * interval '1 second'")
                .bind("age", retention.toSeconds())
                .execute();
    }
}
