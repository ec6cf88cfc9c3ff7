package io.minigpt.platform.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The service's own database. A transaction is a function of its handle, and whatever takes part in it takes the
 * handle: what commits together is visible in the code.
 */
@ApplicationScoped
public class Database {

    private static final int ATTEMPTS = 5;
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";

    // classes of states: PostgreSQL documentation, appendix A
    private static final String CONNECTION = "08";
    private static final String INTERVENTION = "57P";

    // in one round trip; the driver's own setters take four
    private static final String ONE_STATE = "set transaction isolation level repeatable read, read only";

    private final Jdbi jdbi;
    private final Instance<CommitListener> listeners;

    public Database(DataSource dataSource, @Any Instance<CommitListener> listeners) {
        this.jdbi = Jdbi.create(dataSource);
        this.listeners = listeners;
    }

    /**
     * Runs the work in one transaction and returns its result. A deadlock with another transaction runs it again, so
     * the work must have no effect outside the database.
     */
    public <T> T transact(Function<Handle, T> work) {
        T result = attempt(work);
        listeners.forEach(CommitListener::committed);
        return result;
    }

    /** As {@link #transact}, but wakes nobody: for the queues' own bookkeeping, which would wake itself. */
    public <T> T transactQuietly(Function<Handle, T> work) {
        return attempt(work);
    }

    /** As {@link #transact}, without a result. */
    public void run(Consumer<Handle> work) {
        transact(handle -> {
            work.accept(handle);
            return null;
        });
    }

    /** Reads in one read-only transaction: everything read belongs to one state. */
    public <T> T read(Function<Handle, T> work) {
        // a handle of its own: the thread's would make a transaction that the work begins part of this one
        try (Handle own = jdbi.open()) {
            return own.inTransaction(handle -> {
                handle.execute(ONE_STATE);
                return work.apply(handle);
            });
        }
    }

    /**
     * Runs statements each of which is a transaction of its own, which takes three round trips less. It wakes nobody.
     */
    public <T> T singly(Function<Handle, T> statements) {
        try (Handle own = jdbi.open()) {
            return statements.apply(own);
        }
    }

    /** Whether the database answers at all; tells an unreachable database from a statement that it refuses. */
    public boolean answers() {
        try {
            return jdbi.withHandle(
                            h -> h.createQuery("select 1").mapTo(Integer.class).one())
                    == 1;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private <T> T attempt(Function<Handle, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return jdbi.inTransaction(work::apply);
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !worthRepeating(e)) {
                    throw e;
                }
            }
        }
    }

    /** Whether a transaction that ended so may succeed when it is run again. */
    static boolean worthRepeating(Throwable e) {
        return state(e).filter(Set.of(SERIALIZATION_FAILURE, DEADLOCK)::contains)
                .isPresent();
    }

    /** Whether something ended so because its connection did, or got none: the database stops, starts or is away. */
    public static boolean isDisconnected(Throwable e) {
        return state(e).filter(state -> state.startsWith(CONNECTION) || state.startsWith(INTERVENTION))
                .isPresent();
    }

    private static Optional<String> state(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.ofNullable(sql.getSQLState());
            }
        }
        return Optional.empty();
    }
}
