package io.minigpt.local.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.minigpt.platform.servers.LoopbackPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Answers requests with prepared texts: those for one address in turn, the last one for ever. */
final class ScriptedConsole implements AutoCloseable {
    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<String> requests = new ArrayList<>();

    ScriptedConsole() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), freePort()), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Not the highest ports: the other ports of a system with the same offset must be ports, too. */
    private static int freePort() {
        return IntStream.range(30_000, 40_000)
                .filter(LoopbackPort::isFree)
                .findFirst()
                .orElseThrow();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Prepares an answer to, for example, {@code "GET /api/pipelines"}. */
    ScriptedConsole on(String request, int status, String body) {
        answers.computeIfAbsent(request, key -> new ArrayDeque<>()).addLast(new Answer(status, body));
        return this;
    }

    /** Every request so far: method, path and body. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(request + " " + body);
        Deque<Answer> prepared = answers.getOrDefault(request, new ArrayDeque<>());
        Answer answer = prepared.isEmpty()
                ? new Answer(404, "{\"title\": \"Not Found\", \"detail\": \"nothing prepared for " + request + "\"}")
                : prepared.size() > 1 ? prepared.removeFirst() : prepared.getFirst();
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
