package io.minigpt.platform.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DescribedAnswersTest {

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/runs/absent", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void findsAnswersThatAreNotListedAndErrorsThatAreNoProblems() throws IOException, InterruptedException {
        // Given
        String description = """
                {"paths": {"/runs/{id}": {
                  "get": {
                    "parameters": [{"name": "id", "schema": {"type": "string"}}, {"name": "limit"}],
                    "responses": {"200": {}}},
                  "put": {
                    "parameters": [{"name": "id", "schema": {"type": "string"}}],
                    "requestBody": {"content": {"application/json": {}}},
                    "responses": {"404": {}}}}}}
                """;
        URI service = URI.create("http://127.0.0.1:" + server.getAddress().getPort());

        // When
        List<String> unlisted = DescribedAnswers.unlisted(service, new ObjectMapper().readTree(description));

        // Then
        assertThat(unlisted)
                .containsExactly(
                        "get /runs/{id}: 404",
                        "get /runs/{id}?limit=0: 404",
                        "put /runs/{id} with application/json: 404 without problem details",
                        "put /runs/{id} with image/png: 404 without problem details");
    }
}
