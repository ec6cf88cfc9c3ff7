package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.inference.Registry;
import io.minigpt.inference.RegistryFactsBefore;
import io.minigpt.inference.Stage;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random requests from the service's own description: nothing breaks it and nothing makes it hang. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class FuzzIT {

    private static final int REQUESTS = 400;
    private static final long SEED = 7;
    private static final int SERVER_ERROR = 500;

    @TestHTTPResource("/")
    URI service;

    @Test
    void whateverIsSentIsAnsweredOrRefused() throws Exception {
        try (EventProbe probe = new EventProbe()) {
            new Registry(probe).serve("fuzzed", Stage.SFT, "长", "城 ", "🙂");
        }
        Map<Integer, Integer> statuses = new TreeMap<>();
        try (Caller caller = new Caller(service);
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            JsonNode description = Caller.json(caller.get("/q/openapi?format=json"));
            FuzzedRequests requests =
                    new FuzzedRequests(description, List.of("fuzzed", "fuzzed:1"), new SplittableRandom(SEED));
            assertThat(requests.operations()).isGreaterThanOrEqualTo(5);
            for (int i = 0; i < REQUESTS; i++) {
                HttpRequest request = requests.next(service);
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                assertThat(response.statusCode())
                        .as("request %d with seed %d, %s, gave %s", i, SEED, request, response.body())
                        .isLessThan(SERVER_ERROR);
                statuses.merge(response.statusCode(), 1, Integer::sum);
            }
        }
        // what is sent is often right, so that it reaches the model
        assertThat(statuses.get(200)).isGreaterThan(REQUESTS / 20);
        assertThat(statuses.get(400)).isGreaterThan(REQUESTS / 20);
    }
}
