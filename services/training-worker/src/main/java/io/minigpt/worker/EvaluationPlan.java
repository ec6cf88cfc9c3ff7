package io.minigpt.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.gpt.configuration.SelectionSets;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.training.v1.EvaluationRequested;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An evaluation request that was read and checked.
 *
 * <p>The key {@code table} chooses the defaults of the others: {@link EvaluationTable}.
 *
 * @param request the request
 * @param maxItems evaluation sets with how many items of each, the first ones, are answered: key {@code max_items}
 * @param temperatures sampling temperatures; 0 takes the most probable token: key {@code temperatures}
 * @param topK how many of the most probable tokens are sampled from: key {@code top_k}
 * @param seed of the sampling: key {@code seed}
 * @param maxNewTokens longest answer to a question, in tokens: key {@code max_new_tokens}
 * @param promptCharacters code points of a text that are its prompt: key {@code prompt_characters}
 * @param continuationTokens tokens after the prompt that are compared: key {@code continuation_tokens}
 * @param batchSize items answered at a time: key {@code batch_size}
 * @param latencyItems items that are asked once more, one at a time, for their time: key {@code latency_items}
 */
public record EvaluationPlan(
        EvaluationRequested request,
        Map<String, Integer> maxItems,
        List<Double> temperatures,
        int topK,
        long seed,
        int maxNewTokens,
        int promptCharacters,
        int continuationTokens,
        int batchSize,
        int latencyItems) {

    /** In place of a number of items: all of them. */
    static final int ALL = Integer.MAX_VALUE;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    public EvaluationPlan {
        maxItems = Map.copyOf(new LinkedHashMap<>(maxItems));
        temperatures = List.copyOf(temperatures);
    }

    /**
     * Reads a request; keys that its configuration lacks have their defaults.
     *
     * @throws PermanentFailureException naming the key that is unknown or has a value that is not allowed
     */
    public static EvaluationPlan of(EvaluationRequested request) {
        if (request.getVersion().getFilesCount() == 0) {
            throw new PermanentFailureException("the version to evaluate has no files");
        }
        Keys keys = new Keys(request.getConfiguration());
        EvaluationPlan plan = of(request, keys, keys.table().sets(request));
        keys.refuseUnknown();
        return plan;
    }

    /** The plan by which a run asks its own checkpoints. */
    public static EvaluationPlan of(DatasetVersion dataset, SelectionSets sets) {
        EvaluationRequested request =
                EvaluationRequested.newBuilder().setDataset(dataset).build();
        return of(request, new Keys(""), sets.maxItems());
    }

    private static EvaluationPlan of(EvaluationRequested request, Keys keys, Map<String, Integer> defaultItems) {
        EvaluationTable table = keys.table();
        return new EvaluationPlan(
                request,
                keys.items(defaultItems),
                keys.temperatures(table.temperatures(request.getDataset().getKind())),
                keys.integer("top_k", 200, 1),
                keys.integer("seed", 1234, 0),
                keys.integer("max_new_tokens", 128, 1),
                keys.integer("prompt_characters", 32, 1),
                keys.integer("continuation_tokens", table.continuationTokens(), 1),
                keys.integer("batch_size", 16, 1),
                keys.integer("latency_items", 3, 0));
    }

    /** The configuration's keys, each taken once. */
    private static final class Keys {

        private final Map<String, Object> values;
        private final Set<String> known = new TreeSet<>();

        Keys(String json) {
            try {
                values = json.isBlank() ? Map.of() : JSON.readValue(json, MAP);
            } catch (JsonProcessingException e) {
                throw new PermanentFailureException(
                        "the evaluation configuration is not a JSON object: " + e.getOriginalMessage(), e);
            }
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
                    items.put(String.valueOf(set), ALL);
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
                    throw new PermanentFailureException("unknown key " + key
                            + " in the evaluation configuration; known are " + String.join(", ", known));
                }
            }
        }

        private Object take(String key, Object standard) {
            known.add(key);
            return values.getOrDefault(key, standard);
        }

        private static PermanentFailureException refused(String key, Object value, String allowed) {
            return new PermanentFailureException(key + " is " + allowed + ", not " + value);
        }
    }
}
