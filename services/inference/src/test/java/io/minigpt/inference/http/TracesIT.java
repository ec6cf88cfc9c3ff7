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
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class TracesIT {

    @TestHTTPResource("/")
    URI service;

    @Test
    void anAnswerIsTracedToItsTrainingRecords() throws Exception {
        try (Caller caller = new Caller(service);
                EventProbe probe = new EventProbe()) {
            new Registry(probe).serve("traced", Stage.SFT, " 长城", "在北方。");
            String id = Caller.json(caller.post("/v1/chat/completions", """
                            {"model": "traced", "seed": 5, "messages": [{"role": "user", "content": "长城\\u0000在哪里？"}]}"""))
                    .path("id")
                    .asText();

            JsonNode trace = Caller.json(caller.get("/api/traces/" + id));

            assertThat(trace.path("model").asText()).isEqualTo("traced:1");
            assertThat(trace.path("dataset").asText()).isEqualTo("traced-data");
            assertThat(trace.path("datasetVersion").asInt()).isEqualTo(4);
            JsonNode text = trace.at("/texts/0");
            assertThat(text.path("answer").asText()).isEqualTo("长城在北方。");
            assertThat(text.path("seed").asLong()).isEqualTo(5);
            assertThat(text.path("finishReason").asText()).isEqualTo("end_of_text");
            assertThat(text.path("verdict").asText()).isEqualTo("memorised");
            // the scripted tokenization repeats what it was asked
            JsonNode nearest = text.at("/nearest/0/record");
            assertThat(nearest.path("answer").asText()).isEqualTo("长城在北方。");
            assertThat(nearest.path("parentId").asText()).isEqualTo("/api/datasets/traced-data/versions/4/nearest");
        }
    }

    @Test
    void everyTextOfAStreamIsTraced() throws Exception {
        try (Caller caller = new Caller(service);
                EventProbe probe = new EventProbe()) {
            new Registry(probe).serve("streamed", Stage.PRETRAIN, "a", "b");
            HttpResponse<String> stream = caller.post(
                    "/v1/completions", "{\"model\": \"streamed\", \"prompt\": \"p\", \"n\": 2, \"stream\": true}");
            String id = Caller.json(Caller.events(stream.body()).getFirst())
                    .path("id")
                    .asText();

            JsonNode trace = Caller.json(caller.get("/api/traces/" + id));

            assertThat(trace.path("texts")).hasSize(2);
            assertThat(trace.at("/texts/1/seed").asLong())
                    .isEqualTo(trace.at("/texts/0/seed").asLong() + 1);
            assertThat(trace.at("/texts/0/prompt").asText()).isEqualTo("p");
        }
    }

    @Test
    void anIdThatNobodyKnowsIsAProblem() throws Exception {
        try (Caller caller = new Caller(service)) {
            HttpResponse<String> response = caller.get("/api/traces/nothing");

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(Caller.json(response).path("detail").asText()).contains("nothing");
        }
    }
}
