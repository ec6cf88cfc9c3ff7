package io.minigpt.tokenization.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.tokenization.Selection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Selections in the database: as JSON, and in rows of earlier releases as three columns. */
final class Selections {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Selections() {}

    static String json(Selection selection) {
        try {
            return JSON.writeValueAsString(selection);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and numbers are always JSON", e);
        }
    }

    static Selection read(ResultSet row) throws SQLException {
        String json = row.getString("selection");
        if (json == null) {
            return new Selection(row.getString("corpus"), row.getLong("max_generated"), row.getInt("curated_repeat"));
        }
        try {
            return JSON.readValue(json, Selection.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("a selection is unreadable: " + json, e);
        }
    }
}
