package io.minigpt.worker;

/** Which of a run's checkpoints becomes the one to go on with: the training configuration's key {@code select}. */
public enum CheckpointSelection {
    LAST("last"),
    VALIDATION_LOSS("validation_loss");

    /** The key. */
    static final String KEY = "select";

    private final String value;

    CheckpointSelection(String value) {
        this.value = value;
    }

    /** The key's value. */
    public String value() {
        return value;
    }

    /** @throws IllegalArgumentException naming the key, if it has no such value */
    static CheckpointSelection of(Object value) {
        for (CheckpointSelection selection : values()) {
            if (selection.value.equals(value)) {
                return selection;
            }
        }
        throw new IllegalArgumentException(KEY + " is last or validation_loss, not " + value);
    }
}
