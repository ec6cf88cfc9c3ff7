package io.minigpt.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.event.v1.StreamRevision;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class JobsIT {

    @Inject
    Database database;

    @Inject
    JobQueue queue;

    @Inject
    JobsConfig config;

    @Inject
    ScriptedHandler handler;

    @Test
    void doesAJobSubmittedTwiceOnce() {
        AtomicInteger runs = new AtomicInteger();
        String id = script(lease -> runs.incrementAndGet());
        assertThat(submit(id)).isTrue();
        assertThat(submit(id)).isFalse();
        awaitState(id, JobState.Succeeded.class);
        assertThat(submit(id)).isFalse();
        assertThat(runs).hasValue(1);
    }

    @Test
    void leavesAJobThatDoesNotFitToAnother() {
        String unfit = script(lease -> {});
        handler.refused.add(unfit);
        submit(unfit);
        String fit = script(lease -> {});
        submit(fit);
        awaitState(fit, JobState.Succeeded.class);
        assertThat(state(unfit)).isEqualTo(new JobState.Queued());
        handler.refused.remove(unfit);
        awaitState(unfit, JobState.Succeeded.class);
    }

    @Test
    void triesAgainAfterAFailure() {
        AtomicInteger runs = new AtomicInteger();
        String id = script(lease -> {
            if (runs.incrementAndGet() < 3) {
                throw new IOException("not yet");
            }
        });
        submit(id);
        awaitState(id, JobState.Succeeded.class);
        assertThat(runs).hasValue(3);
    }

    @Test
    void givesUpAfterTheLastFailureAndSaysWhy() {
        String id = script(lease -> {
            throw new IOException("disk on fire");
        });
        submit(id);
        JobState.Failed failed = (JobState.Failed) awaitState(id, JobState.Failed.class);
        assertThat(failed.reason()).isEqualTo("IOException: disk on fire");
        assertThat(handler.failed).containsEntry(id, "IOException: disk on fire");
    }

    @Test
    void doesAFailedJobAgainWhenAsked() {
        AtomicInteger runs = new AtomicInteger();
        List<Long> leases = new CopyOnWriteArrayList<>();
        String id = script(lease -> {
            leases.add(lease.number());
            if (runs.incrementAndGet() == 1) {
                throw new PermanentFailureException("no such preset");
            }
        });
        submit(id);
        awaitState(id, JobState.Failed.class);
        assertThat(database.<OptionalLong>transact(tx -> queue.again(tx, id))).hasValue(2);
        awaitState(id, JobState.Succeeded.class);
        assertThat(leases).containsExactly(1L, 3L);
        assertThat(database.<OptionalLong>transact(tx -> queue.again(tx, id))).isEmpty();
    }

    @Test
    void aJobThatWritesAllTheTimeKeepsItsLease() {
        String id = script(lease -> {
            Instant end = Instant.now().plus(config.lease().multipliedBy(2));
            while (Instant.now().isBefore(end)) {
                lease.run(transaction -> transaction.execute("select pg_sleep(0.05)"));
            }
        });
        submit(id);
        awaitState(id, JobState.Succeeded.class);
        assertThat(leases(id)).isOne();
    }

    @Test
    void givesUpAtOnceWhenTryingAgainCannotHelp() {
        AtomicInteger runs = new AtomicInteger();
        String id = script(lease -> {
            runs.incrementAndGet();
            throw new PermanentFailureException("no such preset");
        });
        submit(id);
        awaitState(id, JobState.Failed.class);
        assertThat(runs).hasValue(1);
        assertThat(handler.failed).containsEntry(id, "no such preset");
    }

    @Test
    void waitsForItsInputsAndSaysWhatIsMissing() {
        String stream = "corpus/" + id();
        String id = script(lease -> {});
        StreamRevision input =
                StreamRevision.newBuilder().setStream(stream).setRevision(2).build();
        Job job = new Job(id, ScriptedHandler.KIND, 0, new byte[0], "", "", List.of(input));
        database.run(tx -> queue.submit(tx, job));
        receive(stream, "{[2,3)}");
        assertThat(state(id)).isEqualTo(new JobState.WaitingForInputs(List.of(new JobState.Input(input, 1))));
        receive(stream, "{[1,2)}");
        awaitState(id, JobState.Succeeded.class);
    }

    @Test
    void cancelsAWaitingJobAtOnce() {
        String id = script(lease -> {});
        StreamRevision never = StreamRevision.newBuilder()
                .setStream("corpus/never")
                .setRevision(1)
                .build();
        database.run(tx -> queue.submit(tx, new Job(id, ScriptedHandler.KIND, 0, new byte[0], "", "", List.of(never))));
        database.run(tx -> queue.cancel(tx, id, "changed my mind"));
        assertThat(state(id)).isEqualTo(new JobState.Cancelled("changed my mind"));
        assertThat(handler.cancelled).containsEntry(id, "changed my mind");
    }

    @Test
    void cancelsARunningJobThatAsks() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        String id = script(lease -> {
            started.countDown();
            while (true) {
                lease.checkCancelled();
                Thread.sleep(10);
            }
        });
        submit(id);
        started.await();
        database.run(tx -> queue.cancel(tx, id, "enough"));
        awaitState(id, JobState.Cancelled.class);
        assertThat(handler.cancelled).containsEntry(id, "enough");
    }

    @Test
    void fencesOffAReplicaWhoseLeaseWasTaken() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        AtomicReference<Throwable> refused = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        String id = script(lease -> {
            if (runs.incrementAndGet() > 1) {
                lease.run(tx -> effect(tx, lease.job().id() + " second"));
                return;
            }
            taken.await();
            try {
                lease.run(tx -> effect(tx, lease.job().id() + " first"));
            } catch (LeaseLostException e) {
                refused.set(e);
                throw e;
            } finally {
                done.countDown();
            }
        });
        submit(id);
        awaitState(id, JobState.Leased.class);
        // what the database sees when a frozen replica's lease ran out
        database.run(tx -> tx.execute(
                "update job set lease = lease + 1, lease_until = clock_timestamp() - interval '1 s' where id = ?", id));
        taken.countDown();
        done.await();
        awaitState(id, JobState.Succeeded.class);
        assertThat(refused.get()).isInstanceOf(LeaseLostException.class);
        assertThat(effects(id)).containsExactly(id + " second");
    }

    @Test
    void keepsALeaseForAsLongAsTheJobRuns() {
        AtomicInteger runs = new AtomicInteger();
        String id = script(lease -> {
            runs.incrementAndGet();
            // three times the length of a lease
            Thread.sleep(3_000);
        });
        submit(id);
        awaitState(id, JobState.Succeeded.class);
        assertThat(runs).hasValue(1);
    }

    @Test
    void succeedsTogetherWithItsLastEffects() {
        String id = script(lease -> lease.succeed(tx -> {
            effect(tx, lease.job().id());
        }));
        submit(id);
        awaitState(id, JobState.Succeeded.class);
        assertThat(effects(id)).containsExactly(id);
    }

    @Test
    void theDatabaseEndsTheTransactionOfAFrozenReplica() {
        AtomicReference<String> limit = new AtomicReference<>();
        String id = script(lease -> lease.run(tx -> limit.set(silence(tx))));
        submit(id);
        awaitState(id, JobState.Succeeded.class);
        assertThat(limit).hasValue("3s");
        assertThat(database.read(JobsIT::silence)).isEqualTo("0");
    }

    @Test
    void refusesAJobThatNobodyDoes() {
        assertThatThrownBy(() -> database.run(tx -> queue.submit(tx, Job.of(id(), "nobody", new byte[0], "", ""))))
                .hasMessageContaining("nobody");
    }

    private static String silence(Handle transaction) {
        return transaction
                .createQuery("show idle_in_transaction_session_timeout")
                .mapTo(String.class)
                .one();
    }

    private String script(ScriptedHandler.Script script) {
        String id = id();
        handler.scripts.put(id, script);
        return id;
    }

    private boolean submit(String id) {
        return database.transact(tx -> queue.submit(tx, Job.of(id, ScriptedHandler.KIND, new byte[0], "", "")));
    }

    private JobState state(String id) {
        return database.read(tx -> queue.state(tx, id)).orElseThrow();
    }

    private JobState awaitState(String id, Class<? extends JobState> wanted) {
        return Eventually.get(() -> state(id), wanted::isInstance);
    }

    private void receive(String stream, String ranges) {
        database.run(tx -> tx.createUpdate("""
                        insert into stream_received values (:stream, cast(:ranges as int8multirange))
                        on conflict (stream) do update set received = stream_received.received + excluded.received
                        """)
                .bind("stream", stream)
                .bind("ranges", ranges)
                .execute());
    }

    private static void effect(Handle transaction, String run) {
        transaction.execute("insert into effect (run_id) values (?)", run);
    }

    private List<String> effects(String id) {
        return database.read(tx -> tx.createQuery("select run_id from effect where run_id like :id order by id")
                .bind("id", id + "%")
                .mapTo(String.class)
                .list());
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private long leases(String id) {
        return database.singly(handle -> handle.createQuery("select lease from job where id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .one());
    }
}
