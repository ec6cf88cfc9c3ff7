package io.minigpt.platform.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads job rows. */
final class JobRows {

    private JobRows() {}

    /** The job of a row, without its inputs: they have arrived when a job is leased. */
    static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getString("id"),
                row.getString("kind"),
                row.getInt("priority"),
                row.getBytes("payload"),
                row.getString("correlation_id"),
                row.getString("causation_id"),
                List.of());
    }
}
