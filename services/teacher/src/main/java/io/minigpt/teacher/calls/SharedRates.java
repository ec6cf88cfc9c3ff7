package io.minigpt.teacher.calls;

import io.minigpt.platform.database.Database;
import io.minigpt.teacher.TokenBucket;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/**
 * Token buckets that the replicas of a service share (table {@code teacher_rate}): of each teacher the time at which its
 * next token is there. A bucket holds a second's tokens, at least one.
 */
@ApplicationScoped
public class SharedRates {

    private static final double MICROS_PER_MINUTE = 60e6;
    private static final int SECONDS_PER_MINUTE = 60;

    private final Database database;

    SharedRates(Database database) {
        this.database = database;
    }

    /** The bucket of a teacher. */
    public TokenBucket bucket(String teacher, int perMinute) {
        long interval = Math.round(MICROS_PER_MINUTE / perMinute);
        long spare = Math.max(perMinute / SECONDS_PER_MINUTE, 1L) - 1L;
        return () -> database.transactQuietly(transaction -> take(transaction, teacher, interval, spare));
    }

    private static Duration take(Handle transaction, String teacher, long interval, long spare) {
        transaction.createUpdate("""
                        insert into teacher_rate (teacher, next_at) values (:teacher, '-infinity')
                        on conflict (teacher) do nothing
                        """).bind("teacher", teacher).execute();
        boolean taken = transaction
                        .createUpdate("""
                                update teacher_rate
                                set next_at = greatest(next_at,
                                                       clock_timestamp() - :spare * interval '1 microsecond')
                                              + :interval * interval '1 microsecond'
                                where teacher = :teacher and next_at <= clock_timestamp()
                                """)
                        .bind("teacher", teacher)
                        .bind("spare", spare * interval)
                        .bind("interval", interval)
                        .execute()
                == 1;
        if (taken) {
            return Duration.ZERO;
        }
        return transaction
                .createQuery("""
                        select greatest(1, ceil(extract(epoch from next_at - clock_timestamp()) * 1000)) as millis
                        from teacher_rate where teacher = :teacher
                        """)
                .bind("teacher", teacher)
                .map((row, context) -> Duration.ofMillis(row.getLong("millis")))
                .one();
    }
}
