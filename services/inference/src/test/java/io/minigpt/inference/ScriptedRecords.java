package io.minigpt.inference;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Tokenization, played by a test: the record nearest to an answer has that answer, and the path as its parent. */
final class ScriptedRecords implements AutoCloseable {

    private final HttpServer server;

    ScriptedRecords() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", ScriptedRecords::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String answer = Arrays.stream(exchange.getRequestURI().getRawQuery().split("&"))
                .filter(parameter -> parameter.startsWith("answer="))
                .map(parameter -> URLDecoder.decode(parameter.substring("answer=".length()), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
        Map<String, String> found =
                Map.of("answer", answer, "parentId", exchange.getRequestURI().getPath());
        byte[] body =
                new JsonMapper().writeValueAsBytes(Map.of("items", List.of(Map.of("similarity", 1, "record", found))));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
