package io.minigpt.gpt.configuration;

import java.util.Map;

/**
 * Which checkpoint a run selects in the end, what it goes by, and what each checkpoint says on the way. Its keys stand
 * beside those of the {@link TrainingConfiguration}.
 *
 * @param selection the key {@code select}
 * @param sets the keys {@code selection_sets} and {@code selection_items}
 * @param samples the key {@code samples}: how many fixed prompts each checkpoint answers, 0 to 20
 */
public record SelectionRule(CheckpointSelection selection, SelectionSets sets, int samples) {
    /** Its key. */
    public static final String SAMPLES_KEY = "samples";

    private static final int DEFAULT_SAMPLES = 2;
    private static final int MOST_SAMPLES = 20;

    public SelectionRule {
        if (selection == CheckpointSelection.EVALUATION && sets.isEmpty()) {
            throw new InvalidConfigurationException(
                    SelectionSets.NAMES_KEY,
                    "is empty, but " + CheckpointSelection.KEY
                            + " is evaluation: it must be a list of evaluation sets of the dataset version");
        }
    }

    /**
     * Takes its keys out of a configuration; those that are missing have their defaults.
     *
     * @throws InvalidConfigurationException naming the key that has a value that is not allowed
     */
    public static SelectionRule take(Map<String, Object> configuration) {
        Object select = configuration.remove(CheckpointSelection.KEY);
        int samples = new Settings(configuration).integer(SAMPLES_KEY, DEFAULT_SAMPLES);
        Settings.require(
                samples >= 0 && samples <= MOST_SAMPLES,
                SAMPLES_KEY,
                samples,
                "a whole number from 0 to " + MOST_SAMPLES);
        configuration.remove(SAMPLES_KEY);
        return new SelectionRule(
                CheckpointSelection.of(select == null ? CheckpointSelection.VALIDATION_LOSS.value() : select),
                SelectionSets.take(configuration),
                samples);
    }
}
