package io.minigpt.inference;

/**
 * A version of a model, written {@code name:version}.
 *
 * @param model the model
 * @param version its number, from 1
 */
public record VersionId(String model, int version) {

    public VersionId {
        if (model.isEmpty() || version < 1) {
            throw new IllegalArgumentException("'" + model + ":" + version + "' names no version of a model");
        }
    }

    @Override
    public String toString() {
        return model + ":" + version;
    }
}
