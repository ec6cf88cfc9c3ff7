package io.minigpt.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads question-answer pairs out of a reply: JSON objects with {@code question} and {@code answer}, one a line, in an
 * array, or in an object's field {@code pairs}. Code fences, numbering and talk around them are passed over; nothing
 * else is guessed.
 */
public final class PairParser {

    /** Field of the object that structured output has to be. */
    public static final String LIST_FIELD = "pairs";

    private PairParser() {}

    /** Reads a reply; an empty one has no candidates. */
    public static ParsedPairs parse(String rawText) {
        JsonFragments fragments = JsonFragments.in(rawText);
        List<PairCandidate> candidates = new ArrayList<>();
        for (JsonNode value : fragments.values()) {
            collect(value, candidates);
        }
        return new ParsedPairs(candidates, fragments.unreadable());
    }

    private static void collect(JsonNode value, List<PairCandidate> into) {
        JsonNode elements = value.isObject() && value.path(LIST_FIELD).isArray() ? value.get(LIST_FIELD) : value;
        if (elements.isArray()) {
            for (JsonNode element : elements) {
                if (element.isObject()) {
                    into.add(candidate(into.size(), element));
                }
            }
        } else if (!elements.isEmpty()) {
            into.add(candidate(into.size(), elements));
        }
    }

    private static PairCandidate candidate(int ordinal, JsonNode object) {
        return new PairCandidate(ordinal, text(object, "question"), text(object, "answer"));
    }

    private static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isTextual() ? value.textValue().strip() : "";
    }
}
