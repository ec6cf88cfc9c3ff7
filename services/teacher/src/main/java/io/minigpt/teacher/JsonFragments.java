package io.minigpt.teacher;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON objects and arrays in a text that may have anything around them: talk, numbering, code fences.
 *
 * @param values in the text's order; the elements of an array that could not be read whole stand alone
 * @param unreadable from the opening brace of what is not a JSON object to the end of its line
 */
record JsonFragments(List<JsonNode> values, List<String> unreadable) {

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    static JsonFragments in(String text) {
        List<JsonNode> values = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (!opensValue(text, at)) {
                at++;
                continue;
            }
            try (JsonParser parser = READER.createParser(text.substring(at))) {
                values.add(READER.readTree(parser));
                at += (int) parser.currentLocation().getCharOffset();
            } catch (JsonProcessingException e) {
                // a broken array may still hold whole objects; a broken object ends with its line
                if (text.charAt(at) == '[') {
                    at++;
                } else {
                    int end = endOfLine(text, at);
                    unreadable.add(text.substring(at, end));
                    at = end;
                }
            } catch (IOException e) {
                throw new UncheckedIOException("reading from a string failed", e);
            }
        }
        return new JsonFragments(values, unreadable);
    }

    /** An object, or an array of objects or strings: so that "[1]" in a talk is none. */
    private static boolean opensValue(String text, int at) {
        char c = text.charAt(at);
        if (c == '{') {
            return true;
        }
        int next = at + 1;
        while (c == '[' && next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return c == '[' && next < text.length() && (text.charAt(next) == '{' || text.charAt(next) == '"');
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
