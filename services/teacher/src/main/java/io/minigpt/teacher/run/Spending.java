package io.minigpt.teacher.run;

import io.minigpt.platform.database.Database;
import io.minigpt.teacher.TeacherReply;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What runs with a limit have spent, as this replica knows it: read from the database at most once a second, with its own
 * replies added at once. With several replicas a limit is passed by what the others spend within that second.
 */
@ApplicationScoped
class Spending {

    private record Known(Teaching spent, Instant at) {}

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int MAX_RUNS = 1_000;

    private final Database database;
    private final RunSubjects subjects;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Spending(Database database, RunSubjects subjects) {
        this.database = database;
        this.subjects = subjects;
    }

    /** What a run has spent. */
    Teaching of(String runId) {
        if (known.size() > MAX_RUNS) {
            known.clear();
        }
        Instant now = Instant.now();
        return known.compute(
                        runId,
                        (id, last) -> last != null && last.at().plus(FRESH).isAfter(now)
                                ? last
                                : new Known(database.read(handle -> subjects.teaching(handle, id)), now))
                .spent();
    }

    /** Adds what a reply cost. */
    void add(String runId, TeacherReply reply) {
        known.computeIfPresent(runId, (id, last) -> new Known(last.spent().with(reply), last.at()));
    }
}
