package io.minigpt.registry;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.testkit.GeneratedClient;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The description of the interface is complete: whoever reads it needs nothing else. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ApiDescriptionIT {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    @Test
    void everyOperationSaysWhatItDoesTakesAndAnswers() throws IOException {
        List<String> missing = new ArrayList<>();
        int operations = 0;
        for (Map.Entry<String, JsonNode> path : description().path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    operations++;
                    String name = operation.getKey() + " " + path.getKey();
                    check(name, path.getKey(), operation.getValue(), missing);
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(operations).isGreaterThan(20);
    }

    @Test
    void everyFieldIsDescribed() throws IOException {
        List<String> missing = new ArrayList<>();
        JsonNode description = description();

        int fields = undescribed("", description, missing);

        assertThat(missing).isEmpty();
        assertThat(fields).isGreaterThan(150);
    }

    @Test
    void aClientThatIsGeneratedFromItCompiles() throws IOException, InterruptedException {
        // When
        GeneratedClient client = GeneratedClient.of(text(), Path.of("target/client"));

        // Then
        assertThat(client.has("apiModelsModelBestGet")).isTrue();
        assertThat(client.has("getSelected")).as("a field of a version").isTrue();
    }

    /** Looks at the fields of every schema, wherever it stands. @return how many there are */
    private static int undescribed(String place, JsonNode node, List<String> missing) {
        int fields = 0;
        if (node.path("type").asText().equals("object")) {
            for (Map.Entry<String, JsonNode> field : node.path("properties").properties()) {
                fields++;
                if (!field.getValue().hasNonNull("description")) {
                    missing.add(place + "." + field.getKey());
                }
            }
        }
        for (Map.Entry<String, JsonNode> child : node.properties()) {
            fields += undescribed(place + "." + child.getKey(), child.getValue(), missing);
        }
        if (node.isArray()) {
            for (JsonNode child : node) {
                fields += undescribed(place, child, missing);
            }
        }
        return fields;
    }

    private static void check(String name, String path, JsonNode operation, List<String> missing) {
        if (!operation.hasNonNull("summary")) {
            missing.add(name + " has no summary");
        }
        for (JsonNode parameter : operation.path("parameters")) {
            if (!parameter.hasNonNull("description")) {
                missing.add(name + " parameter " + parameter.path("name").asText());
            }
        }
        JsonNode responses = operation.path("responses");
        for (Map.Entry<String, JsonNode> response : responses.properties()) {
            if (!response.getValue().path("description").asText().matches(".{3,}")) {
                missing.add(name + " response " + response.getKey());
            }
            if (response.getKey().startsWith("4")
                    && !response.getValue()
                            .at("/content/application~1problem+json")
                            .isObject()) {
                missing.add(name + " response " + response.getKey() + " is no problem");
            }
        }
        if (!responses.has("500")) {
            missing.add(name + " has no response 500");
        }
        if (path.contains("{version}") && !responses.has("404")) {
            missing.add(name + " has no response 404");
        }
        if (operation.has("requestBody") && !responses.has("400")) {
            missing.add(name + " has no response 400");
        }
    }

    private static JsonNode description() throws IOException {
        return new ObjectMapper().readTree(text());
    }

    private static String text() {
        return when().get("/q/openapi?format=json").then().extract().asString();
    }
}
