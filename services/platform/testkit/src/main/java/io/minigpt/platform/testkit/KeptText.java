package io.minigpt.platform.testkit;

import io.minigpt.platform.database.Database;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Finds out in tests where a service's database keeps a text, in whatever column of whatever table. */
public final class KeptText {

    private KeptText() {}

    /** Tables with a row that contains the text, also as UTF-8 within bytes. */
    public static List<String> tables(Database database, String text) {
        String bytes = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        return database.read(transaction -> transaction
                .createQuery("select table_name from information_schema.tables where table_schema = 'public'")
                .mapTo(String.class)
                .stream()
                .filter(table -> transaction
                        .createQuery("select exists (select from \"" + table + "\" as whole_row"
                                + " where whole_row::text like :text or whole_row::text like :bytes)")
                        .bind("text", "%" + text + "%")
                        .bind("bytes", "%" + bytes + "%")
                        .mapTo(Boolean.class)
                        .one())
                .sorted()
                .toList());
    }
}
