package io.minigpt.qageneration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * An OpenAI-compatible endpoint on a real socket. Of a passage of sentences "X是Y。" it makes a pair of each whose
 * question is not known yet, always the same ones; what it says can be changed, held back or refused.
 */
final class ScriptedEndpoint implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    final AtomicInteger requests = new AtomicInteger();
    volatile UnaryOperator<List<String>> lines = UnaryOperator.identity();
    volatile CountDownLatch gate = new CountDownLatch(0);
    volatile int status = 200;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ScriptedEndpoint(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            gate.await();
            String text = String.join("\n", lines.apply(pairs(request)));
            byte[] body =
                    JSON.writeValueAsBytes(status == 200 ? completion(text) : Map.of("error", Map.of("message", "no")));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> pairs(JsonNode request) throws IOException {
        JsonNode messages = request.get("messages");
        String prompt = messages.get(messages.size() - 1).get("content").asText();
        String passage = prompt.substring(prompt.lastIndexOf("<正文>") + "<正文>".length(), prompt.lastIndexOf("</正文>"));
        List<String> pairs = new ArrayList<>();
        for (String sentence : Arrays.stream(passage.strip().split("。")).toList()) {
            String question = sentence.substring(0, sentence.indexOf('是')) + "是什么？";
            if (!prompt.contains("- " + question)) {
                String answer = sentence.substring(sentence.indexOf('是') + 1) + "。";
                pairs.add(JSON.writeValueAsString(Map.of("question", question, "answer", answer)));
            }
        }
        return pairs;
    }

    private static Map<String, Object> completion(String text) {
        return Map.of(
                "id",
                "1",
                "object",
                "chat.completion",
                "created",
                1,
                "model",
                "scripted",
                "choices",
                List.of(Map.of(
                        "index", 0, "finish_reason", "stop", "message", Map.of("role", "assistant", "content", text))),
                "usage",
                Map.of("prompt_tokens", 100, "completion_tokens", 50, "total_tokens", 150));
    }
}
