package io.minigpt.platform.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An OpenAI-compatible endpoint on a real socket that answers by a script, and misbehaves where that says so. */
public final class ScriptedEndpoint implements AutoCloseable {

    /** A request as it arrived. */
    public record Received(String path, String authorization, JsonNode body) {

        /** The last message. */
        public String prompt() {
            JsonNode messages = body.path("messages");
            return messages.path(messages.size() - 1).path("content").asText();
        }
    }

    /** What to do with one request. */
    public sealed interface Step {

        /** Status 200 with a chat completion that says this. */
        record Say(String text) implements Step {}

        /** Any status with a body and headers. */
        record Fail(int status, String body, Map<String, String> headers) implements Step {}

        /** Nothing for this long, then another step. */
        record Slow(Duration time, Step then) implements Step {}

        /** Nothing until the gate opens, then another step. */
        record Held(CountDownLatch gate, Step then) implements Step {}

        /** Status 200, half of a chat completion, and the end of the connection. */
        record Cut() implements Step {}
    }

    /** Decides what to do with each request; asked by many threads. */
    @FunctionalInterface
    public interface Script {
        Step next(Received request);
    }

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int BACKLOG = 256;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Script script;

    /** On a port. @param port 0 for any */
    public ScriptedEndpoint(int port, Script script) {
        this.script = script;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a scripted endpoint", e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Each request takes the next step, and the last step repeats. */
    public ScriptedEndpoint(Step... steps) {
        this(0, inOrder(steps));
    }

    /** Each request takes the next step, and the last step repeats. */
    public static Script inOrder(Step... steps) {
        Queue<Step> left = new ConcurrentLinkedQueue<>(List.of(steps));
        return request -> {
            synchronized (left) {
                return left.size() > 1 ? left.remove() : left.element();
            }
        };
    }

    public static Step say(String text) {
        return new Step.Say(text);
    }

    public static Step fail(int status, String message) {
        return new Step.Fail(status, error(message), Map.of());
    }

    public static Step fail(int status, String message, String header, String value) {
        return new Step.Fail(status, error(message), Map.of(header, value));
    }

    public static Step hang(Duration time) {
        return new Step.Slow(time, say("too late"));
    }

    public static Step cut() {
        return new Step.Cut();
    }

    /** The base URL to configure a client with. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /** The requests so far. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Received request = new Received(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    MAPPER.readTree(exchange.getRequestBody()));
            received.add(request);
            take(script.next(request), exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Step step, HttpExchange exchange) throws IOException, InterruptedException {
        switch (step) {
            case Step.Say say -> send(exchange, 200, completion(say.text()));
            case Step.Fail fail -> {
                fail.headers().forEach(exchange.getResponseHeaders()::set);
                send(exchange, fail.status(), fail.body());
            }
            case Step.Slow slow -> {
                // ends early when the endpoint is closed
                closing.await(slow.time().toNanos(), TimeUnit.NANOSECONDS);
                take(slow.then(), exchange);
            }
            case Step.Held held -> {
                held.gate().await();
                take(held.then(), exchange);
            }
            case Step.Cut _ -> {
                byte[] body = completion("half of this never arrives").getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                OutputStream out = exchange.getResponseBody();
                out.write(body, 0, body.length / 2);
                out.flush();
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String completion(String text) {
        return json(Map.of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion",
                "created",
                1,
                "model",
                "scripted-model",
                "choices",
                List.of(Map.of(
                        "index", 0, "finish_reason", "stop", "message", Map.of("role", "assistant", "content", text))),
                "usage",
                Map.of("prompt_tokens", 120, "completion_tokens", 34, "total_tokens", 154)));
    }

    private static String error(String message) {
        return json(Map.of("error", Map.of("message", message, "type", "scripted")));
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a script is always plain JSON", e);
        }
    }
}
