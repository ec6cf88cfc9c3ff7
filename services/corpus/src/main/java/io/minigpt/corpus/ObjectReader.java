package io.minigpt.corpus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Walks through one object: takes the known fields out and copies the others, number by number as they were written. */
final class ObjectReader {

    private static final JsonFactory METADATA = new JsonFactory();

    private final JsonParser parser;
    private final int maxNesting;
    private final boolean escapes;
    private final Map<String, Fields.Value> values = new HashMap<>();
    private final StringWriter metadata = new StringWriter();

    /**
     * @param parser stands at the start of the object
     * @param maxNesting deepest nesting, the object itself being 1
     * @param escapes whether there is an escape in the object: without one every character of it was seen as UTF-8
     */
    ObjectReader(JsonParser parser, int maxNesting, boolean escapes) {
        this.parser = parser;
        this.maxNesting = maxNesting;
        this.escapes = escapes;
    }

    Fields read(Set<String> known) throws IOException, RefusedLineException {
        Set<String> names = new HashSet<>();
        try (JsonGenerator rest = METADATA.createGenerator(metadata)) {
            rest.writeStartObject();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = name(names);
                JsonToken token = parser.nextToken();
                if (!known.contains(name)) {
                    rest.writeFieldName(name);
                    copy(rest);
                } else if (token.isStructStart()) {
                    throw new RefusedLineException(RejectReason.FIELD_TYPE, "'" + name + "' is not a string");
                } else {
                    values.put(name, new Fields.Value(token, scalar(token)));
                }
            }
            rest.writeEndObject();
        }
        return new Fields(values, metadata.toString());
    }

    /** Copies the value that the parser stands at. */
    private void copy(JsonGenerator rest) throws IOException, RefusedLineException {
        Deque<Set<String>> open = new ArrayDeque<>();
        do {
            JsonToken token = parser.currentToken();
            switch (token) {
                case START_OBJECT -> {
                    rest.writeStartObject();
                    open.push(deeper(open.size()));
                }
                case START_ARRAY -> {
                    rest.writeStartArray();
                    open.push(deeper(open.size()));
                }
                case END_OBJECT -> {
                    rest.writeEndObject();
                    open.pop();
                }
                case END_ARRAY -> {
                    rest.writeEndArray();
                    open.pop();
                }
                case FIELD_NAME -> rest.writeFieldName(name(open.element()));
                case VALUE_STRING -> rest.writeString(scalar(token));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> rest.writeNumber(scalar(token));
                default -> rest.copyCurrentEvent(parser);
            }
        } while (!open.isEmpty() && parser.nextToken() != null);
    }

    private Set<String> deeper(int open) throws RefusedLineException {
        // the outermost object and the one that begins here
        if (open + 2 > maxNesting) {
            throw new RefusedLineException(RejectReason.TOO_DEEP, "nested deeper than " + maxNesting);
        }
        return new HashSet<>();
    }

    private String name(Set<String> names) throws IOException, RefusedLineException {
        String name = checked(parser.currentName());
        if (!names.add(name)) {
            throw new RefusedLineException(
                    RejectReason.DUPLICATE_KEY, "the key '" + shortened(name) + "' stands twice");
        }
        return name;
    }

    private String scalar(JsonToken token) throws IOException, RefusedLineException {
        String text = parser.getText();
        if (token == JsonToken.VALUE_STRING) {
            return checked(text);
        }
        // a number ends with a digit
        if (token == JsonToken.VALUE_NUMBER_FLOAT && Character.isLetter(text.charAt(text.length() - 1))) {
            throw new RefusedLineException(RejectReason.NOT_A_NUMBER, "JSON has no number " + text);
        }
        return text;
    }

    /** The text, which must have neither U+0000 nor halves of surrogate pairs. */
    private String checked(String text) throws RefusedLineException {
        for (int i = 0; escapes && i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new RefusedLineException(RejectReason.NUL, "a string holds the character U+0000");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new RefusedLineException(
                            RejectReason.LONE_SURROGATE, "a string holds half of a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }

    private static String shortened(String name) {
        int max = 100;
        return name.codePointCount(0, name.length()) <= max
                ? name
                : name.substring(0, name.offsetByCodePoints(0, max)) + "…";
    }
}
