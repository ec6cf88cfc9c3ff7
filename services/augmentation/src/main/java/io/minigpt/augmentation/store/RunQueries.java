package io.minigpt.augmentation.store;

import io.minigpt.augmentation.Counts;
import io.minigpt.augmentation.Run;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.platform.jobs.JobState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Looks at runs. */
@ApplicationScoped
public class RunQueries {

    /** A run, what it has done so far, and where the job that begins it stands; null if it never had one. */
    public record View(Run run, Counts counts, JobState beginning) {}

    private final Database database;
    private final RunStore runs;
    private final RunParentStore parents;
    private final JobQueue jobs;

    RunQueries(Database database, RunStore runs, RunParentStore parents, JobQueue jobs) {
        this.database = database;
        this.runs = runs;
        this.parents = parents;
        this.jobs = jobs;
    }

    /** One run. @throws NotFoundException if there is none with this id */
    public View get(String id) {
        return database.read(handle -> runs.find(handle, id)
                .map(run -> view(handle, run))
                .orElseThrow(() -> new NotFoundException("augmentation run", id)));
    }

    /** Runs asked for before a time, newest first. */
    public List<View> newest(Instant before, int limit) {
        return database.read(handle -> runs.newest(handle, before, limit).stream()
                .map(run -> view(handle, run))
                .toList());
    }

    private View view(Handle handle, Run run) {
        return new View(
                run, parents.counts(handle, run), jobs.state(handle, run.id()).orElse(null));
    }
}
