package io.minigpt.qageneration.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stored pair: whether it counts and what was published about it.
 *
 * @param id its id
 * @param active whether it counts
 * @param origin what it was made of
 * @param revision number of the last fact about it
 * @param superseded numbers of the facts before
 */
record KnownPair(String id, boolean active, Origin origin, long revision, List<Long> superseded) {

    /** What pairs are made of; pairs with one origin and the same document belong together. */
    record Origin(String documentVersion, String promptVersion, String teacherVersion) {}

    static KnownPair of(ResultSet row) throws SQLException {
        return new KnownPair(
                row.getString("id"),
                row.getString("state").equals("active"),
                new Origin(
                        row.getString("document_version"), row.getString("prompt_version"), row.getString("teacher")),
                row.getLong("revision"),
                Arrays.asList((Long[]) row.getArray("superseded").getArray()));
    }

    /** Numbers of all facts about it, which the next one supersedes. */
    List<Long> published() {
        return Stream.concat(superseded.stream(), Stream.of(revision)).toList();
    }
}
