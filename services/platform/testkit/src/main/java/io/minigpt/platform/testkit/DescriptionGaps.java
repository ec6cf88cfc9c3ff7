package io.minigpt.platform.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the OpenAPI description of an interface leaves unsaid. */
public final class DescriptionGaps {

    private static final String PROBLEM = "/content/application~1problem+json/schema/$ref";

    private final List<String> found = new ArrayList<>();
    private int fields;

    private DescriptionGaps() {}

    /** Looks at every operation and at every field of every schema. */
    public static DescriptionGaps of(JsonNode description) {
        DescriptionGaps gaps = new DescriptionGaps();
        DescribedOperation.all(description).forEach(gaps::operation);
        gaps.fields("", description);
        return gaps;
    }

    /** Each of them, with its place. */
    public List<String> found() {
        return List.copyOf(found);
    }

    /** Fields that were looked at. */
    public int fields() {
        return fields;
    }

    private void fields(String place, JsonNode node) {
        for (Map.Entry<String, JsonNode> field : node.path("properties").properties()) {
            fields++;
            if (!field.getValue().hasNonNull("description")) {
                found.add(place + "." + field.getKey());
            }
        }
        for (Map.Entry<String, JsonNode> child : node.properties()) {
            fields(place + "." + child.getKey(), child.getValue());
        }
        if (node.isArray()) {
            for (JsonNode child : node) {
                fields(place, child);
            }
        }
    }

    private void operation(DescribedOperation operation) {
        if (!operation.says().hasNonNull("summary")) {
            found.add(operation + " has no summary");
        }
        for (JsonNode parameter : operation.says().path("parameters")) {
            if (!parameter.hasNonNull("description")) {
                found.add(operation + " parameter " + parameter.path("name").asText());
            }
        }
        JsonNode responses = operation.says().path("responses");
        responses.properties().forEach(response -> response(operation, response.getKey(), response.getValue()));
        if (responses.propertyStream().noneMatch(response -> response.getKey().startsWith("2"))) {
            found.add(operation + " does not say what it answers");
        }
        if (!responses.has("500")) {
            found.add(operation + " has no response 500");
        }
        if (operation.says().has("requestBody") && !responses.has("400")) {
            found.add(operation + " has no response 400");
        }
    }

    private void response(DescribedOperation operation, String status, JsonNode response) {
        if (!response.path("description").asText().matches(".{3,}")) {
            found.add(operation + " response " + status + " has no description");
        }
        if (!status.startsWith("2")) {
            if (!response.at(PROBLEM).asText().endsWith("/Problem")) {
                found.add(operation + " response " + status + " is no problem");
            }
        } else if (!status.equals("204") && response.path("content").findValue("schema") == null) {
            found.add(operation + " response " + status + " does not say what it holds");
        }
    }
}
