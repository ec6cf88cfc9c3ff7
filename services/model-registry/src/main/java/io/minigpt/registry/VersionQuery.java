package io.minigpt.registry;

import io.minigpt.platform.InvalidRequestException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A page of a model's versions.
 *
 * @param filter which versions
 * @param sort figure by which the best come first; empty for the newest first
 * @param reverse whether the worst or the oldest come first
 * @param after where the last page ended
 * @param limit versions on a page
 */
public record VersionQuery(
        VersionFilter filter, Optional<String> sort, boolean reverse, Optional<Position> after, int limit) {

    /** Name of the order by time. */
    public static final String REGISTERED_AT = "registeredAt";

    private static final String WITHOUT = "none";

    /**
     * A place in the order.
     *
     * @param key the figure, or microseconds since 1970; empty among the versions that have no such figure
     * @param version decides among equals
     */
    public record Position(OptionalDouble key, int version) {

        /** As a cursor. */
        @Override
        public String toString() {
            return (key.isPresent() ? Double.toString(key.getAsDouble()) : WITHOUT) + "_" + version;
        }

        /** @throws InvalidRequestException if the text is no cursor */
        public static Position parse(String cursor) {
            int split = cursor.lastIndexOf('_');
            String key = cursor.substring(0, Math.max(split, 0));
            try {
                return new Position(
                        key.equals(WITHOUT) ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(key)),
                        Integer.parseInt(cursor.substring(split + 1)));
            } catch (NumberFormatException e) {
                throw new InvalidRequestException("cursor '" + cursor + "' does not come from this list", e);
            }
        }
    }

    /**
     * Reads the order and the place.
     *
     * @param sort {@value #REGISTERED_AT}, the name of a figure, or null for the first
     * @param cursor empty for the first page
     * @throws InvalidRequestException if the cursor is none
     */
    public static VersionQuery of(VersionFilter filter, String sort, boolean reverse, String cursor, int limit) {
        return new VersionQuery(
                filter,
                Optional.ofNullable(sort).filter(order -> !order.equals(REGISTERED_AT)),
                reverse,
                Optional.of(cursor).filter(place -> !place.isEmpty()).map(Position::parse),
                limit);
    }
}
