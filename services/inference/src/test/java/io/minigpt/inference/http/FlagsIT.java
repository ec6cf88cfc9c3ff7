package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.inference.RegistryFactsBefore;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.inference.v1.AnswerFlagged;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class FlagsIT {

    @TestHTTPResource("/")
    URI service;

    @Test
    void aFlagIsKeptAndTold() throws Exception {
        try (Caller caller = new Caller(service);
                EventProbe probe = new EventProbe()) {
            HttpResponse<String> response = caller.post("/api/flags", """
                    {"model": "earlier:1", "prompt": "长城在哪里？", "answer": "月球", "temperature": 0.5, "reason": "错"}
                    """);

            assertThat(response.statusCode()).isEqualTo(201);
            String id = Caller.json(response).path("id").asText();
            AnswerFlagged flagged = probe.await(
                            AnswerFlagged.class, flag -> flag.getFlagId().equals(id))
                    .data();
            assertThat(flagged.getModel()).isEqualTo("earlier");
            assertThat(flagged.getVersion()).isEqualTo(1);
            assertThat(flagged.getPrompt()).isEqualTo("长城在哪里？");
            assertThat(flagged.getAnswer()).isEqualTo("月球");
            assertThat(flagged.getTemperature()).isEqualTo(0.5);
            assertThat(flagged.getReason()).isEqualTo("错");
            assertThat(flagged.getFlaggedAt().getSeconds()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"nobody:1\",\"prompt\":\"a\",\"answer\":\"b\",\"temperature\":0}        | 404 | nobody:1",
                "{\"model\":\"earlier:1\",\"answer\":\"b\",\"temperature\":0}                        | 400 | prompt",
                "{\"model\":\"earlier:1\",\"prompt\":\"a\",\"answer\":\"b\"}                         | 400 | temperature",
                "{\"model\":\"earlier:1\",\"prompt\":\"a\\u0000\",\"answer\":\"b\",\"temperature\":0}| 400 | U+0000",
                "{\"model\":\"earlier:1\",\"prompt\":\"a\",\"answer\":\"b\",\"temperature\":0,\"x\":1}| 400 | 'x'",
            })
    void aFlagThatSaysTooLittleIsAProblem(String body, int status, String named) throws Exception {
        try (Caller caller = new Caller(service)) {
            HttpResponse<String> response = caller.post("/api/flags", body);

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(Caller.json(response).path("detail").asText()).contains(named);
        }
    }
}
