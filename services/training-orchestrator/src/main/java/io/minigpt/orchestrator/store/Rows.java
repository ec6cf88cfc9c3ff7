package io.minigpt.orchestrator.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.minigpt.orchestrator.RunState;
import io.minigpt.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;

/** How the values of the domain stand in rows. */
final class Rows {

    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new Jdk8Module()).registerModule(new ProtobufJson());
    private static final TypeReference<Map<String, Object>> DETAILS = new TypeReference<>() {};

    private Rows() {}

    /** Binds {@code state}, {@code reason}, {@code started} and {@code finished}. */
    static <S extends SqlStatement<S>> S bind(S statement, RunState state) {
        return statement
                .bind("state", state.label())
                .bind("reason", state.reason().orElse(null))
                .bind("startedAt", state.startedAt().orElse(null))
                .bind("finishedAt", state.finishedAt().orElse(null));
    }

    static RunState state(ResultSet row) throws SQLException {
        return RunState.of(
                row.getString("state"),
                Columns.optionalInstant(row, "started_at"),
                Columns.optionalInstant(row, "finished_at"),
                row.getString("reason"));
    }

    static Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "a " + value.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }

    static <T> T value(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", e);
        }
    }

    static Map<String, Object> details(String json) {
        try {
            return JSON.readValue(json, DETAILS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored details cannot be read", e);
        }
    }
}
