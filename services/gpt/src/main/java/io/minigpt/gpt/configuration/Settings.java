package io.minigpt.gpt.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The keys and values of one configuration file, read one by one, so that what nobody asked for can be refused. */
final class Settings {
    private final Map<String, Object> values;
    private final Set<String> known = new TreeSet<>();

    Settings(Map<String, ?> values) {
        this.values = new TreeMap<>(values);
    }

    int integer(String key, int defaultValue) {
        return switch (value(key, defaultValue)) {
            case Integer number -> number;
            case Long number when number == number.intValue() -> number.intValue();
            case Double number
            when number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE -> number.intValue();
            case Object other -> throw wrong(key, other, "an integer");
        };
    }

    long longInteger(String key, long defaultValue) {
        return switch (value(key, defaultValue)) {
            case Integer number -> number.longValue();
            case Long number -> number;
            case Object other -> throw wrong(key, other, "an integer");
        };
    }

    double real(String key, double defaultValue) {
        return switch (value(key, defaultValue)) {
            case Number number -> number.doubleValue();
            // YAML 1.1 reads 1e-3 as text, because its real numbers need a point
            case String text when text.matches("[-+]?\\d+(\\.\\d*)?[eE][-+]?\\d+") -> Double.parseDouble(text);
            case Object other -> throw wrong(key, other, "a number");
        };
    }

    boolean bool(String key, boolean defaultValue) {
        return switch (value(key, defaultValue)) {
            case Boolean flag -> flag;
            case Object other -> throw wrong(key, other, "true or false");
        };
    }

    String text(String key, String defaultValue) {
        return switch (value(key, defaultValue)) {
            case String text -> text;
            case Object other -> throw wrong(key, other, "a text");
        };
    }

    /** A constant of an enum, written in lower case. */
    <E extends Enum<E>> E choice(String key, E defaultValue) {
        Object value = value(key, name(defaultValue));
        List<E> constants = List.of(defaultValue.getDeclaringClass().getEnumConstants());
        return constants.stream()
                .filter(constant -> name(constant).equals(value))
                .findFirst()
                .orElseThrow(() -> wrong(
                        key,
                        value,
                        "one of "
                                + String.join(
                                        ", ",
                                        constants.stream().map(Settings::name).toList())));
    }

    /**
     * To be called when every key was read.
     *
     * @throws InvalidConfigurationException if there is a key that no one read
     */
    void refuseUnknownKeys() {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new InvalidConfigurationException(
                        key, "is no key of this configuration; its keys are " + String.join(", ", known));
            }
        }
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Checks a numeric property of a configuration. */
    static void require(boolean holds, String key, Object value, String allowed) {
        if (!holds) {
            throw wrong(key, value, allowed);
        }
    }

    private Object value(String key, Object defaultValue) {
        known.add(key);
        Object value = values.get(key);
        return value == null ? defaultValue : value;
    }

    private static InvalidConfigurationException wrong(String key, Object value, String allowed) {
        String shown = value instanceof Object[] array ? Arrays.toString(array) : String.valueOf(value);
        return new InvalidConfigurationException(key, "is " + shown + ", but must be " + allowed);
    }
}
