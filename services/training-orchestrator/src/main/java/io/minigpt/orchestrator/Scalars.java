package io.minigpt.orchestrator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.regex.Pattern;

/** Values given as text. */
final class Scalars {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    private Scalars() {}

    /** A boolean or a number where the text reads as one, else the text. */
    static JsonNode of(String text) {
        String value = text.strip();
        if (value.equals("true") || value.equals("false")) {
            return JSON.booleanNode(Boolean.parseBoolean(value));
        }
        if (INTEGER.matcher(value).matches()) {
            return JSON.numberNode(Long.parseLong(value));
        }
        if (DECIMAL.matcher(value).matches()) {
            return JSON.numberNode(Double.parseDouble(value));
        }
        return JSON.textNode(value);
    }
}
