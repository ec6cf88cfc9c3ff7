package io.minigpt.corpus;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Map;

/** The fields of a line: the known ones by name, all others together as metadata. */
final class Fields {

    private static final int MAX_ID = 512;
    private static final int MAX_LABEL = 4096;

    /** A value that is neither an object nor an array, as it is written. */
    record Value(JsonToken token, String text) {}

    private final Map<String, Value> known;
    private final String metadata;

    /** @param metadata a JSON object */
    Fields(Map<String, Value> known, String metadata) {
        this.known = Map.copyOf(known);
        this.metadata = metadata;
    }

    /** A string that must be there, without any change. */
    String required(String name) throws RefusedLineException {
        if (isMissing(name)) {
            throw new RefusedLineException(RejectReason.FIELD_MISSING, "'" + name + "' is missing");
        }
        return string(name);
    }

    /** A short string; empty if it is missing or null. */
    String label(String name) throws RefusedLineException {
        return isMissing(name) ? "" : limited(name, string(name), MAX_LABEL);
    }

    /** A caller's id, a string or a whole number; empty if it is missing or null. */
    String id(String name) throws RefusedLineException {
        if (isMissing(name)) {
            return "";
        }
        boolean whole = known.get(name).token() == JsonToken.VALUE_NUMBER_INT;
        String id = whole ? known.get(name).text() : string(name);
        if (id.isBlank()) {
            throw blank(name);
        }
        return limited(name, id, MAX_ID);
    }

    /** All other fields, as a JSON object. */
    String rest() {
        return metadata;
    }

    static String limited(String name, String value, int max) throws RefusedLineException {
        if (value.length() > max) {
            throw new RefusedLineException(
                    RejectReason.FIELD_TOO_LONG, "'" + name + "' is longer than " + max + " characters");
        }
        return value;
    }

    static RefusedLineException blank(String name) {
        return new RefusedLineException(RejectReason.FIELD_BLANK, "'" + name + "' is blank");
    }

    private boolean isMissing(String name) {
        Value value = known.get(name);
        return value == null || value.token() == JsonToken.VALUE_NULL;
    }

    private String string(String name) throws RefusedLineException {
        Value value = known.get(name);
        if (value.token() != JsonToken.VALUE_STRING) {
            throw new RefusedLineException(RejectReason.FIELD_TYPE, "'" + name + "' is not a string");
        }
        return value.text();
    }
}
