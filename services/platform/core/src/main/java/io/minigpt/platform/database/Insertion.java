package io.minigpt.platform.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Adds rows whose columns are put together from several places. */
public final class Insertion {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Insertion() {}

    /** Adds a row unless one with its id is there. @param columns values by column @return whether it is new */
    public static boolean ifNew(Handle transaction, String table, Map<String, ?> columns) {
        String names = String.join(", ", columns.keySet());
        String values = columns.keySet().stream().map(name -> ":" + name).collect(Collectors.joining(", "));
        return transaction
                        .createUpdate("insert into " + table + " (" + names + ") values (" + values
                                + ") on conflict (id) do nothing")
                        .bindMap(columns)
                        .execute()
                == 1;
    }

    /**
     * Adds rows by one statement, each unless one with its id is there.
     *
     * @param rows strings, numbers, booleans and lists of them by column, the same columns in each
     * @return ids of the new ones
     */
    public static Set<String> ofNew(Handle transaction, String table, List<? extends Map<String, ?>> rows) {
        String names = String.join(", ", rows.getFirst().keySet());
        return transaction
                .createQuery("insert into " + table + " (" + names + ") select " + names
                        + " from jsonb_populate_recordset(null::" + table + ", cast(:rows as jsonb))"
                        + " on conflict (id) do nothing returning id")
                .bind("rows", json(rows))
                .mapTo(String.class)
                .set();
    }

    /** Rows as {@code jsonb_populate_recordset} reads them. @param rows values as in {@link #ofNew} */
    public static String json(List<? extends Map<String, ?>> rows) {
        try {
            return JSON.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("rows of strings, numbers, booleans and lists are always JSON", e);
        }
    }
}
