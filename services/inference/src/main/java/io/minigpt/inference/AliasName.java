package io.minigpt.inference;

/**
 * An alias of a model, written {@code name@alias}.
 *
 * @param model the model
 * @param alias the alias
 */
public record AliasName(String model, String alias) {

    @Override
    public String toString() {
        return model + "@" + alias;
    }
}
