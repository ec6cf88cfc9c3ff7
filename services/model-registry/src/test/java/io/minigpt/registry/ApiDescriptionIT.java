package io.minigpt.registry;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
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
        JsonNode schemas = description().path("components").path("schemas");
        for (Map.Entry<String, JsonNode> schema : schemas.properties()) {
            for (Map.Entry<String, JsonNode> field :
                    schema.getValue().path("properties").properties()) {
                if (!field.getValue().hasNonNull("description")) {
                    missing.add(schema.getKey() + "." + field.getKey());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(schemas.size()).isGreaterThan(20);
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
        return new ObjectMapper()
                .readTree(when().get("/q/openapi?format=json").then().extract().asString());
    }
}
