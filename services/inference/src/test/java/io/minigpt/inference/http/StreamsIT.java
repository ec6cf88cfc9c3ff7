package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.inference.RegistryFactsBefore;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers as server-sent events. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class StreamsIT extends ScriptedWall {

    @Test
    void aStreamedTextEqualsTheWholeOne() throws Exception {
        HttpResponse<String> response = caller.post("/v1/completions", """
                {"model": "wall", "prompt": "p", "stream": true, "stream_options": {"include_usage": true}}
                """);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        List<String> events = Caller.events(response.body());
        assertThat(events.getLast()).isEqualTo("[DONE]");
        JsonNode usage = Caller.json(events.get(events.size() - 2));
        assertThat(usage.path("choices")).isEmpty();
        assertThat(usage.at("/usage/completion_tokens").asInt()).isEqualTo(PIECES.length);
        List<JsonNode> chunks =
                events.subList(0, events.size() - 2).stream().map(Caller::json).toList();
        assertThat(chunks.stream()
                        .map(chunk -> chunk.at("/choices/0/text").asText())
                        .reduce("", String::concat))
                .isEqualTo(TEXT);
        assertThat(chunks.stream().map(chunk -> chunk.path("id").asText()).distinct())
                .hasSize(1);
        assertThat(chunks.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(chunks.getFirst().at("/choices/0/finish_reason").isNull()).isTrue();
    }

    @Test
    void aStreamedAnswerArrivesPieceByPiece() throws Exception {
        // Given a model that has said its first piece and waits
        models.permit(1);
        HttpResponse<InputStream> response = caller.open(
                "/v1/chat/completions",
                "{\"model\": \"wall\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"wait\"}]}");
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            while (lines.stream().noneMatch(line -> line.contains(PIECES[0]))) {
                lines.add(reader.readLine());
            }

            // When it goes on
            models.permit(PIECES.length);
            reader.lines().forEach(lines::add);
        }

        // Then the stream is complete
        List<String> events = Caller.events(String.join("\n", lines));
        assertThat(Caller.json(events.getFirst()).at("/choices/0/delta/role").asText())
                .isEqualTo("assistant");
        assertThat(events.stream()
                        .limit(events.size() - 1L)
                        .map(event -> Caller.json(event)
                                .at("/choices/0/delta/content")
                                .asText())
                        .reduce("", String::concat))
                .isEqualTo(TEXT);
        assertThat(events.getLast()).isEqualTo("[DONE]");
    }
}
