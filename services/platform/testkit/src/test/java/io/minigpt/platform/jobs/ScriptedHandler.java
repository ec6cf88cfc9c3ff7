package io.minigpt.platform.jobs;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Does with each job what the test wants. */
@Singleton
class ScriptedHandler implements JobHandler {

    static final String KIND = "scripted";

    interface Script {
        void run(JobLease lease) throws Exception;
    }

    final Map<String, Script> scripts = new ConcurrentHashMap<>();
    final Set<String> refused = ConcurrentHashMap.newKeySet();
    final Map<String, String> failed = new ConcurrentHashMap<>();
    final Map<String, String> cancelled = new ConcurrentHashMap<>();

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Predicate<Job>> selection() {
        return Optional.of(job -> !refused.contains(job.id()));
    }

    @Override
    public int slots() {
        return 4;
    }

    @Override
    public void run(JobLease lease) throws Exception {
        scripts.get(lease.job().id()).run(lease);
    }

    @Override
    public void failed(Handle transaction, Job job, String reason) {
        failed.put(job.id(), reason);
    }

    @Override
    public void cancelled(Handle transaction, Job job, String reason) {
        cancelled.put(job.id(), reason);
    }
}
