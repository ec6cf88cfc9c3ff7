package io.minigpt.registry;

import io.minigpt.platform.InvalidRequestException;
import java.util.Optional;

/**
 * Which versions of a model, in which order.
 *
 * @param stage only those that this made
 * @param alias only the one that has this alias
 * @param dataset only those trained on this dataset
 * @param datasetVersion only those trained on this version of it
 * @param sort figure by which the best come first; empty for the newest first
 * @param after where the last page ended
 * @param limit versions on a page
 */
public record VersionQuery(
        Optional<ModelStage> stage,
        Optional<String> alias,
        Optional<String> dataset,
        Optional<Integer> datasetVersion,
        Optional<String> sort,
        Optional<Position> after,
        int limit) {

    /** Name of the order by time. */
    public static final String REGISTERED_AT = "registeredAt";

    /**
     * A place in the order.
     *
     * @param key what the order is by, more coming first; minus infinity where a version has no such figure
     * @param version decides among equals
     */
    public record Position(double key, int version) {

        /** As a cursor. */
        @Override
        public String toString() {
            return key + "_" + version;
        }

        /** @throws InvalidRequestException if the text is no cursor */
        public static Position parse(String cursor) {
            int split = cursor.lastIndexOf('_');
            try {
                return new Position(
                        Double.parseDouble(cursor.substring(0, Math.max(split, 0))),
                        Integer.parseInt(cursor.substring(split + 1)));
            } catch (NumberFormatException e) {
                throw new InvalidRequestException("cursor '" + cursor + "' does not come from this list", e);
            }
        }
    }

    /**
     * Reads the parameters of a request; null for one that is not given.
     *
     * @param dataset {@code name} or {@code name:version}
     * @throws InvalidRequestException naming the parameter that is wrong
     */
    public static VersionQuery of(String stage, String alias, String dataset, String sort, String cursor, int limit) {
        Optional<String> named = Optional.ofNullable(dataset);
        int colon = dataset == null ? -1 : dataset.indexOf(':');
        return new VersionQuery(
                Optional.ofNullable(stage).map(ModelStage::labelled),
                Optional.ofNullable(alias),
                colon < 0 ? named : named.map(text -> text.substring(0, colon)),
                colon < 0 ? Optional.empty() : named.map(text -> number(text.substring(colon + 1))),
                Optional.ofNullable(sort).filter(order -> !order.equals(REGISTERED_AT)),
                Optional.ofNullable(cursor).filter(place -> !place.isEmpty()).map(Position::parse),
                limit);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidRequestException("dataset version '" + text + "' is no number", e);
        }
    }
}
