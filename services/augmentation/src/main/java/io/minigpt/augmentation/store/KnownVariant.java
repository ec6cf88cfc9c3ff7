package io.minigpt.augmentation.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stored variant: whether it counts and what was published about it.
 *
 * @param id its id
 * @param active whether it counts
 * @param question its words
 * @param revision number of the last fact about it
 * @param superseded numbers of the facts before
 */
record KnownVariant(String id, boolean active, String question, long revision, List<Long> superseded) {

    static KnownVariant of(ResultSet row) throws SQLException {
        return new KnownVariant(
                row.getString("id"),
                row.getString("state").equals("active"),
                row.getString("question"),
                row.getLong("revision"),
                Arrays.asList((Long[]) row.getArray("superseded").getArray()));
    }

    /** Numbers of all facts about it, which the next one supersedes. */
    List<Long> published() {
        return Stream.concat(superseded.stream(), Stream.of(revision)).toList();
    }
}
