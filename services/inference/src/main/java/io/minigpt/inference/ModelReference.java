package io.minigpt.inference;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a caller names a model. */
public sealed interface ModelReference {

    /** The three forms of a name. */
    Pattern FORM = Pattern.compile("(?<model>[A-Za-z0-9][A-Za-z0-9._-]*)"
            + "(?:@(?<alias>[A-Za-z0-9][A-Za-z0-9._-]*)|:(?<version>[1-9][0-9]{0,8}))?");

    /** By its name alone: the version of the first configured alias that the model has. */
    record ByName(String model) implements ModelReference {
        @Override
        public String toString() {
            return model;
        }
    }

    /** By an alias, {@code name@alias}. */
    record ByAlias(AliasName alias) implements ModelReference {
        @Override
        public String toString() {
            return alias.toString();
        }
    }

    /** By a number, {@code name:3}. */
    record ByVersion(VersionId id) implements ModelReference {
        @Override
        public String toString() {
            return id.toString();
        }
    }

    /** @throws UnknownModelException if no model can have this name */
    static ModelReference parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new UnknownModelException(
                    "'" + text + "' names no model; a model is named name, name@alias or name:version");
        }
        if (parts.group("alias") != null) {
            return new ByAlias(new AliasName(parts.group("model"), parts.group("alias")));
        }
        if (parts.group("version") != null) {
            return new ByVersion(new VersionId(parts.group("model"), Integer.parseInt(parts.group("version"))));
        }
        return new ByName(parts.group("model"));
    }
}
