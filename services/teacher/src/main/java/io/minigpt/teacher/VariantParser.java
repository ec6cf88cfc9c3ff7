package io.minigpt.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads reworded questions out of a reply: JSON objects with {@code question}, one a line, in an array (strings do as
 * well) or in an object's field {@code variants}; or, when there is no JSON, every line that ends in a question mark.
 * Code fences, numbering, bullets, quotes and talk around them are passed over.
 */
public final class VariantParser {

    /** Field of the object that structured output has to be. */
    public static final String LIST_FIELD = "variants";

    private static final Pattern NUMBERING =
            Pattern.compile("^\\s*(?:[-*•]\\s*|[（(]?\\d{1,3}(?:[.、:：)）]+|\\s)\\s*|[①-⑳]\\s*)");
    private static final Pattern QUOTES = Pattern.compile("^[\"“「']+|[\"”」',，]+$");
    private static final Pattern ENDS_AS_QUESTION = Pattern.compile("[?？]$");

    private VariantParser() {}

    /** The wordings in the reply's order, not yet cleaned or checked; empty when there are none. */
    public static List<String> parse(String rawText) {
        JsonFragments fragments = JsonFragments.in(rawText);
        List<String> variants = new ArrayList<>();
        for (JsonNode value : fragments.values()) {
            collect(value, variants);
        }
        return variants.isEmpty() && fragments.unreadable().isEmpty() ? lines(rawText) : List.copyOf(variants);
    }

    private static void collect(JsonNode value, List<String> into) {
        if (value.isObject() && value.path(LIST_FIELD).isArray()) {
            value.get(LIST_FIELD).forEach(element -> collect(element, into));
        } else if (value.isArray()) {
            value.forEach(element -> collect(element, into));
        } else {
            JsonNode question = value.isTextual() ? value : value.path("question");
            if (question.isTextual() && !question.textValue().isBlank()) {
                into.add(question.textValue().strip());
            }
        }
    }

    private static List<String> lines(String rawText) {
        return rawText.lines()
                .map(line -> NUMBERING.matcher(line).replaceFirst(""))
                .map(line -> QUOTES.matcher(line.strip()).replaceAll(""))
                .filter(line -> ENDS_AS_QUESTION.matcher(line).find())
                .toList();
    }
}
