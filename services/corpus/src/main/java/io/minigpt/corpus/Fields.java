package io.minigpt.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes the known fields out of a line; what is left is metadata. */
final class Fields {

    private static final int MAX_ID = 512;
    private static final int MAX_LABEL = 4096;

    private final ObjectNode line;

    /** @param line is emptied of the fields that are taken */
    Fields(ObjectNode line) {
        this.line = line;
    }

    /** A string that must be there, without any change. */
    String required(String name) throws RefusedLineException {
        JsonNode value = line.remove(name);
        if (value == null || value.isNull()) {
            throw new RefusedLineException("'" + name + "' is missing");
        }
        return string(name, value);
    }

    /** A short string; empty if it is missing or null. */
    String label(String name) throws RefusedLineException {
        JsonNode value = line.remove(name);
        return value == null || value.isNull() ? "" : limited(name, string(name, value), MAX_LABEL);
    }

    /** A caller's id, a string or a whole number; empty if it is missing or null. */
    String id(String name) throws RefusedLineException {
        JsonNode value = line.remove(name);
        if (value == null || value.isNull()) {
            return "";
        }
        String id = value.isIntegralNumber() ? value.asText() : string(name, value);
        if (id.isBlank()) {
            throw new RefusedLineException("'" + name + "' is blank");
        }
        return limited(name, id, MAX_ID);
    }

    /** What was not taken, as a JSON object. */
    String rest() {
        return line.toString();
    }

    static String limited(String name, String value, int max) throws RefusedLineException {
        if (value.length() > max) {
            throw new RefusedLineException("'" + name + "' is longer than " + max + " characters");
        }
        return value;
    }

    /** The normalised form of a string, which must not be blank. */
    static String normalised(String name, String value) throws RefusedLineException {
        String text = Normalisation.of(value);
        if (text.isEmpty()) {
            throw new RefusedLineException("'" + name + "' is blank");
        }
        return text;
    }

    private static String string(String name, JsonNode value) throws RefusedLineException {
        if (!value.isTextual()) {
            throw new RefusedLineException("'" + name + "' is not a string");
        }
        return value.textValue();
    }
}
