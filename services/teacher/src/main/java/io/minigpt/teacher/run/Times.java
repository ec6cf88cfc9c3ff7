package io.minigpt.teacher.run;

import io.minigpt.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * When what happened to a run.
 *
 * @param createdAt when it was asked for
 * @param startedAt when its subjects were fixed; null before
 * @param finishedAt when it ended; null before
 * @param pausedAt since when it is paused; null when it is not
 * @param pausedBefore for how long it was paused before
 */
public record Times(Instant createdAt, Instant startedAt, Instant finishedAt, Instant pausedAt, Duration pausedBefore) {

    /** Of a run that is asked for now. */
    static Times now() {
        return new Times(Instant.now(), null, null, null, Duration.ZERO);
    }

    static Times of(ResultSet row) throws SQLException {
        return new Times(
                Columns.instant(row, "created_at"),
                Columns.optionalInstant(row, "started_at").orElse(null),
                Columns.optionalInstant(row, "finished_at").orElse(null),
                Columns.optionalInstant(row, "paused_at").orElse(null),
                Duration.ofMillis(row.getLong("paused_millis")));
    }

    /** How long it has been at work, pauses left out. @param now the time up to which it is counted if it goes on */
    public Duration active(Instant now) {
        if (startedAt == null) {
            return Duration.ZERO;
        }
        Instant end = finishedAt != null ? finishedAt : pausedAt != null ? pausedAt : now;
        return Duration.between(startedAt, end).minus(pausedBefore);
    }
}
