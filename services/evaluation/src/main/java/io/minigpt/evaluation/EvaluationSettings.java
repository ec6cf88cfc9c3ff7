package io.minigpt.evaluation;

import java.util.List;
import java.util.Map;

/**
 * What an evaluation asks and how, read from its configuration. The key {@code table} chooses the defaults of the
 * others: {@code short} or {@code seed}, the first MiniGPT's whole table.
 *
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
public record EvaluationSettings(
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
    public static final int ALL = Integer.MAX_VALUE;

    public EvaluationSettings {
        maxItems = Map.copyOf(maxItems);
        temperatures = List.copyOf(temperatures);
    }

    /**
     * Reads a configuration; keys that it lacks have their defaults.
     *
     * @throws InvalidSettingException naming the key that is unknown or has a value that is not allowed
     */
    public static EvaluationSettings of(Map<String, Object> configuration, EvaluatedData data) {
        SettingKeys keys = new SettingKeys(configuration);
        EvaluationTable table = keys.table();
        EvaluationSettings settings = new EvaluationSettings(
                keys.items(table.sets(data)),
                keys.temperatures(table.temperatures(data)),
                keys.integer("top_k", 200, 1),
                keys.integer("seed", 1234, 0),
                keys.integer("max_new_tokens", 128, 1),
                keys.integer("prompt_characters", 32, 1),
                keys.integer("continuation_tokens", table.continuationTokens(), 1),
                keys.integer("batch_size", 16, 1),
                keys.integer("latency_items", 3, 0));
        keys.refuseUnknown();
        return settings;
    }

    /** The same settings for other sets. */
    public EvaluationSettings withItems(Map<String, Integer> sets) {
        return new EvaluationSettings(
                sets,
                temperatures,
                topK,
                seed,
                maxNewTokens,
                promptCharacters,
                continuationTokens,
                batchSize,
                latencyItems);
    }
}
