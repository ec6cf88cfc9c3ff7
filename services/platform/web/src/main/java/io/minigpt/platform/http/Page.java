package io.minigpt.platform.http;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list, as every list of the interface is answered.
 *
 * @param items the items, in the order of the list
 * @param next cursor of the next page, to be passed as {@code ?cursor=}; null on the last page
 */
public record Page<T>(List<T> items, String next) {

    /** Largest page a caller may ask for. */
    public static final int MAX_LIMIT = 1000;

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page from rows that were read with {@code limit + 1}.
     *
     * @param rows at most {@code limit + 1} rows
     * @param limit rows on a page
     * @param cursor the cursor that continues after an item
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<T> page = rows.subList(0, limit);
        return new Page<>(page, cursor.apply(page.getLast()));
    }

    /** A list that always fits on one page. */
    public static <T> Page<T> all(List<T> rows) {
        return new Page<>(rows, null);
    }
}
