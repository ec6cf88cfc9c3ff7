package io.minigpt.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The keys of an evaluation's configuration, each taken once. */
final class SettingKeys {

    private final Map<String, Object> values;
    private final Set<String> known = new TreeSet<>();

    SettingKeys(Map<String, Object> values) {
        this.values = values;
    }

    int integer(String key, int standard, int least) {
        Object value = take(key, standard);
        if (value instanceof Integer number && number >= least) {
            return number;
        }
        throw refused(key, value, "a whole number of at least " + least);
    }

    EvaluationTable table() {
        String key = "table";
        Object value = take(key, EvaluationTable.SHORT.label());
        return EvaluationTable.labelled(value)
                .orElseThrow(() -> refused(key, value, "one of " + EvaluationTable.labels()));
    }

    List<Double> temperatures(List<Double> standard) {
        String key = "temperatures";
        Object value = take(key, standard);
        if (value instanceof List<?> list
                && !list.isEmpty()
                && list.stream().allMatch(item -> item instanceof Number number && number.doubleValue() >= 0)) {
            return list.stream().map(item -> ((Number) item).doubleValue()).toList();
        }
        throw refused(key, value, "a list of numbers of at least 0");
    }

    Map<String, Integer> items(Map<String, Integer> standard) {
        String key = "max_items";
        Map<String, Integer> items = new LinkedHashMap<>(standard);
        Object value = take(key, Map.of());
        if (!(value instanceof Map<?, ?> sets)) {
            throw refused(key, value, "an object of sets with numbers");
        }
        sets.forEach((set, count) -> {
            if ("all".equals(count)) {
                items.put(String.valueOf(set), EvaluationSettings.ALL);
            } else if (count instanceof Integer number && number >= 0) {
                items.put(String.valueOf(set), number);
            } else {
                throw refused(key + "." + set, count, "a whole number of at least 0, or \"all\"");
            }
        });
        items.values().removeIf(count -> count == 0);
        return items;
    }

    void refuseUnknown() {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new InvalidSettingException("unknown key " + key + " in the evaluation configuration; known are "
                        + String.join(", ", known));
            }
        }
    }

    private Object take(String key, Object standard) {
        known.add(key);
        return values.getOrDefault(key, standard);
    }

    private static InvalidSettingException refused(String key, Object value, String allowed) {
        return new InvalidSettingException(key + " is " + allowed + ", not " + value);
    }
}
