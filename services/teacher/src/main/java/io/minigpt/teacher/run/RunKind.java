package io.minigpt.teacher.run;

import com.google.protobuf.Message;
import io.minigpt.platform.events.EventCatalog;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamRevision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What the runs of a service have of their own.
 *
 * @param <S> scope of a run: which subjects, and what is wanted of each
 */
public abstract class RunKind<S> {

    private final String name;
    private final String subject;
    private final Duration progressEvery;

    /**
     * Runs of one kind.
     *
     * @param name what they do, such as {@code generation}: begins the kinds of their jobs and their streams' names
     * @param subject what they go over, such as {@code document}
     * @param progressEvery shortest time between two progress events of a run
     */
    RunKind(String name, String subject, Duration progressEvery) {
        this.name = name;
        this.subject = subject;
        this.progressEvery = progressEvery;
    }

    /** A scope as columns of the table {@code run}. */
    protected abstract Map<String, ?> columns(S scope);

    /** The scope in a row of the table {@code run}. */
    protected abstract S scope(ResultSet row) throws SQLException;

    /** The scope of a run that cannot be because what was asked for makes no sense. */
    protected abstract S noScope();

    /** The scope that is run when this one is asked for, with what is configured in place of what is left open. */
    protected abstract S settled(S asked);

    /** Why runs with this scope cannot be; empty if they can. */
    protected Optional<String> refusal(Handle transaction, S scope) {
        return Optional.empty();
    }

    /** Version of the prompt that runs with this scope ask with from now on. */
    protected abstract String promptVersion(S scope);

    /** Results wanted of each subject; 0 if no number is wanted. */
    protected int wanted(S scope) {
        return 0;
    }

    /** Adds the subjects of a run to {@code run_subject}: pending ones, and reused ones with their results. */
    protected abstract void fix(Handle transaction, Run<S> run);

    /** Says that a run started. */
    protected abstract Message started(Run<S> run, Counts counts);

    /** Says how far a run is, and why it is paused if it is. */
    protected abstract Message progressed(Run<S> run, Counts counts);

    /** Says that a run ended. @param output revision of the stream that holds all results of the run's subjects */
    protected abstract Message finished(Run<S> run, Counts counts, Outcome outcome, StreamRevision output);

    /** What the runs do, such as {@code generation}. */
    public String name() {
        return name;
    }

    /** What the runs go over. */
    String subject() {
        return subject;
    }

    Duration progressEvery() {
        return progressEvery;
    }

    /** Kind of the job that begins a run; its id is the run's. */
    String runJob() {
        return name + "-run";
    }

    /** Kind of the job that does one subject of a run. */
    String subjectJob() {
        return name + "-" + subject;
    }

    /** Numbers of facts by their types' names, without those of which there are none. */
    protected static Map<String, Long> published(Message generated, long many, Message retracted, long gone) {
        Map<String, Long> counts = new HashMap<>(Map.of(
                EventCatalog.of(generated).name(),
                many,
                EventCatalog.of(retracted).name(),
                gone));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }
}
