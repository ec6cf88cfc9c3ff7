package io.minigpt.teacher.run;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * One document or question of a run.
 *
 * @param runId the run
 * @param id the document or question
 * @param version what it said when the run began
 * @param sequence its order in the corpus
 * @param jobId the job that does it
 */
public record RunSubject(String runId, String id, String version, long sequence, String jobId) {

    static RunSubject of(ResultSet row) throws SQLException {
        return new RunSubject(
                row.getString("run_id"),
                row.getString("subject_id"),
                row.getString("subject_version"),
                row.getLong("sequence"),
                row.getString("job_id"));
    }
}
