package io.minigpt.worker;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** What this worker does at the moment. */
@ApplicationScoped
public class CurrentRun {

    private volatile Activity activity;

    /**
     * A run in progress.
     *
     * @param runId the run
     * @param kind training or evaluation
     * @param lease number of the lease
     * @param done steps or items done
     * @param since when this worker took it
     */
    public record Activity(String runId, String kind, long lease, long done, Instant since) {}

    /** The run in progress, if any. */
    public Optional<Activity> get() {
        return Optional.ofNullable(activity);
    }

    /** A run begins. */
    public void begin(String runId, String kind, long lease) {
        activity = new Activity(runId, kind, lease, 0, Instant.now());
    }

    /** The run got on. */
    public void progress(long done) {
        Activity now = activity;
        activity = new Activity(now.runId(), now.kind(), now.lease(), done, now.since());
    }

    /** The run ended. */
    public void end() {
        activity = null;
    }
}
