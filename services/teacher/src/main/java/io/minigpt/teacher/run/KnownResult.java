package io.minigpt.teacher.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stored result: whether it counts and what was published about it.
 *
 * @param id its id
 * @param active whether it counts
 * @param question its question
 * @param answer its answer
 * @param revision number of the last fact about it
 * @param superseded numbers of the facts before
 */
public record KnownResult(
        String id, boolean active, String question, String answer, long revision, List<Long> superseded) {

    /** The result in a row with these columns. */
    public static KnownResult of(ResultSet row) throws SQLException {
        return new KnownResult(
                row.getString("id"),
                row.getString("state").equals("active"),
                row.getString("question"),
                row.getString("answer"),
                row.getLong("revision"),
                Arrays.asList((Long[]) row.getArray("superseded").getArray()));
    }

    /** Numbers of all facts about it, which the next one supersedes. */
    public List<Long> published() {
        return Stream.concat(superseded.stream(), Stream.of(revision)).toList();
    }
}
