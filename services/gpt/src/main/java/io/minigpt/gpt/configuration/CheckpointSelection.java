package io.minigpt.gpt.configuration;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Which of a run's checkpoints becomes the one to go on with: the training configuration's key {@code select}. */
public enum CheckpointSelection {
    /** The last. */
    LAST("last"),
    /** The one with the lowest validation loss. */
    VALIDATION_LOSS("validation_loss"),
    /** The one with the highest mean ROUGE-L over the selection sets. */
    EVALUATION("evaluation");

    /** The key. */
    public static final String KEY = "select";

    private final String value;

    CheckpointSelection(String value) {
        this.value = value;
    }

    /** The key's value. */
    public String value() {
        return value;
    }

    /** @throws InvalidConfigurationException if the key has no such value */
    static CheckpointSelection of(Object value) {
        return Arrays.stream(values())
                .filter(selection -> selection.value.equals(value))
                .findFirst()
                .orElseThrow(() -> new InvalidConfigurationException(
                        KEY,
                        "is " + value + ", but must be one of "
                                + Arrays.stream(values())
                                        .map(CheckpointSelection::value)
                                        .collect(Collectors.joining(", "))));
    }
}
