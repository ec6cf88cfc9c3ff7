package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Refuses text with half a surrogate pair, which JSON can escape and no answer could repeat. */
final class WellFormed {

    private WellFormed() {}

    static boolean is(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Whether all texts and names in it are. */
    static boolean is(JsonNode value) {
        if (value.isTextual()) {
            return is(value.asText());
        }
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            if (!is(property.getKey())) {
                return false;
            }
        }
        for (JsonNode item : value) {
            if (!is(item)) {
                return false;
            }
        }
        return true;
    }
}
