package io.minigpt.gpt.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The evaluation sets of a dataset version that a run asks at each of its checkpoints, to find the best one.
 *
 * @param names the sets, none to ask nothing: the training configuration's key {@code selection_sets}, a list or a text
 *     with commas
 * @param items how many items of each, the first ones: the key {@code selection_items}
 */
public record SelectionSets(List<String> names, int items) {

    public static final String NAMES_KEY = "selection_sets";
    public static final String ITEMS_KEY = "selection_items";

    private static final int DEFAULT_ITEMS = 20;
    /** Sets of what was held out to report on; a checkpoint that is chosen by them would be praised by itself. */
    private static final Set<String> REPORTED = Set.of("unseen", "same-document", "variants");
    /** What imported sets to report on begin with. */
    private static final String REPORTED_PREFIX = "report-";

    public SelectionSets {
        names = List.copyOf(names);
    }

    /**
     * Takes its keys out of a configuration.
     *
     * @throws InvalidConfigurationException naming the key that has a value that is not allowed
     */
    static SelectionSets take(Map<String, Object> configuration) {
        int items = new Settings(configuration).integer(ITEMS_KEY, DEFAULT_ITEMS);
        Settings.require(items >= 1, ITEMS_KEY, items, "a whole number of at least 1");
        configuration.remove(ITEMS_KEY);
        return new SelectionSets(names(configuration.remove(NAMES_KEY)), items);
    }

    /** Whether nothing is asked. */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** The sets, each with how many of its items are asked. */
    public Map<String, Integer> maxItems() {
        Map<String, Integer> sets = new TreeMap<>();
        names.forEach(name -> sets.put(name, items));
        return sets;
    }

    private static List<String> names(Object value) {
        List<String> names =
                switch (value) {
                    case null -> List.of();
                    case String text ->
                        Arrays.stream(text.split(","))
                                .map(String::strip)
                                .filter(name -> !name.isEmpty())
                                .toList();
                    case List<?> list -> list.stream().map(String::valueOf).toList();
                    default -> List.of(value.toString());
                };
        for (String name : names) {
            if (!name.matches("[a-z0-9_-]+")) {
                throw new InvalidConfigurationException(
                        NAMES_KEY,
                        "is " + value
                                + ", but must be a list of evaluation sets of the dataset version, such as curated");
            }
            if (REPORTED.contains(name) || name.startsWith(REPORTED_PREFIX)) {
                throw new InvalidConfigurationException(
                        NAMES_KEY, "has " + name + ", which is reported on; no checkpoint may be chosen by it");
            }
        }
        return names;
    }
}
