package io.minigpt.gpt.configuration;

import java.util.Map;

/**
 * Which checkpoint a run selects in the end, and what it goes by. Its keys stand beside those of the
 * {@link TrainingConfiguration}.
 *
 * @param selection the key {@code select}
 * @param sets the keys {@code selection_sets} and {@code selection_items}
 */
public record SelectionRule(CheckpointSelection selection, SelectionSets sets) {
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
        return new SelectionRule(
                CheckpointSelection.of(select == null ? CheckpointSelection.VALIDATION_LOSS.value() : select),
                SelectionSets.take(configuration));
    }
}
