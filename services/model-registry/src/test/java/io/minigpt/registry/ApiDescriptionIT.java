package io.minigpt.registry;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.testkit.DescribedAnswers;
import io.minigpt.platform.testkit.DescriptionGaps;
import io.minigpt.platform.testkit.GeneratedClient;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The description of the interface is complete: whoever reads it needs nothing else. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ApiDescriptionIT {

    @TestHTTPResource
    URI service;

    @Test
    void everyOperationAndEveryFieldIsDescribed() throws IOException {
        DescriptionGaps gaps = DescriptionGaps.of(new ObjectMapper().readTree(description()));

        assertThat(gaps.found()).isEmpty();
        assertThat(gaps.fields()).isGreaterThan(150);
    }

    @Test
    void errorsAreAnsweredAsDescribed() throws IOException, InterruptedException {
        assertThat(DescribedAnswers.unlisted(service, new ObjectMapper().readTree(description())))
                .isEmpty();
    }

    @Test
    void aClientThatIsGeneratedFromItCompiles() throws IOException, InterruptedException {
        GeneratedClient client = GeneratedClient.of(description(), Path.of("target/client"));

        assertThat(client.has("ModelVersion apiModelsModelBestGet")).isTrue();
        assertThat(client.has("getSelected")).as("a field of a version").isTrue();
    }

    private static String description() {
        return when().get("/q/openapi?format=json").then().extract().asString();
    }
}
