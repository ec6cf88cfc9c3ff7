package io.minigpt.platform.database;

import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Adds a row whose columns are put together from several places. */
public final class Insertion {

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
}
