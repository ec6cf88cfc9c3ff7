package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parameters that OpenAI's clients send and this service does not have: those that change nothing about an answer are
 * ignored, the others refused unless they have the value that means nothing.
 */
final class OtherParameters {

    private static final List<String> IGNORED = List.of(
            "user",
            "metadata",
            "store",
            "service_tier",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "parallel_tool_calls");

    private static final Map<String, Predicate<JsonNode>> REFUSED_UNLESS = Map.ofEntries(
            Map.entry("suffix", OtherParameters::isEmpty),
            Map.entry("tools", OtherParameters::isEmpty),
            Map.entry("tool_choice", value -> List.of("none", "auto").contains(value.asText())),
            Map.entry("functions", OtherParameters::isEmpty),
            Map.entry("function_call", value -> List.of("none", "auto").contains(value.asText())),
            Map.entry("response_format", value -> value.path("type").asText().equals("text")),
            Map.entry(
                    "modalities",
                    value -> value.size() == 1 && value.get(0).asText().equals("text")),
            Map.entry("audio", OtherParameters::isEmpty),
            Map.entry("prediction", OtherParameters::isEmpty),
            Map.entry("reasoning_effort", value -> value.asText().equals("none")),
            Map.entry("verbosity", value -> value.asText().equals("medium")),
            Map.entry("web_search_options", OtherParameters::isEmpty));

    private OtherParameters() {}

    /**
     * Takes them out of a request.
     *
     * @throws OpenAiException if one would change the answer
     */
    static void remove(ObjectNode request) {
        for (String name : names(request)) {
            Predicate<JsonNode> harmless = REFUSED_UNLESS.get(name);
            if (harmless == null) {
                continue;
            }
            JsonNode value = request.remove(name);
            if (!value.isNull() && !harmless.test(value)) {
                throw OpenAiException.unsupportedParameter(
                        name, "the parameter '" + name + "' is not supported with the value " + value);
            }
        }
        request.remove(IGNORED);
    }

    /** The names of all of them, for messages. */
    static String known() {
        return Stream.concat(IGNORED.stream(), REFUSED_UNLESS.keySet().stream())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static List<String> names(ObjectNode request) {
        return request.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static boolean isEmpty(JsonNode value) {
        return (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.asText().isEmpty());
    }
}
