package io.minigpt.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.minigpt.local.Refusal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The public interface of a running system, as far as the main job needs it. */
final class ConsoleClient {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration IMPORT_LIMIT = Duration.ofHours(2);
    private static final int SUCCESS = 200;
    private static final int REDIRECTION = 300;
    private static final int ANSWER_TOKENS = 160;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI origin;

    ConsoleClient(URI origin) {
        this.origin = origin;
    }

    /** Streams a file of JSON lines into a corpus; {@code kind} is {@code documents} or {@code questions}. */
    ImportResult load(String corpus, String kind, Path file) throws IOException, InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(origin.resolve("/api/corpora/" + corpus + "/" + kind))
                    .header("Content-Type", "application/x-ndjson")
                    .timeout(IMPORT_LIMIT)
                    .POST(BodyPublishers.ofFile(file))
                    .build();
            return JSON.treeToValue(send(request), ImportResult.class);
        } catch (FileNotFoundException missing) {
            throw Refusal.notPossible("There is no file " + file + ".");
        }
    }

    PipelineRun start(PipelineRequest request) throws IOException, InterruptedException {
        return JSON.treeToValue(post("/api/pipelines", request), PipelineRun.class);
    }

    PipelineRun run(String id) throws IOException, InterruptedException {
        return JSON.treeToValue(get("/api/pipelines/" + id), PipelineRun.class);
    }

    /** The newest whole run with this name, if it is still going on; a regeneration, which begins with a plan, is none. */
    Optional<PipelineRun> running(String name) throws IOException, InterruptedException {
        for (JsonNode item : get("/api/pipelines").path("items")) {
            PipelineRun run = JSON.treeToValue(item, PipelineRun.class);
            if (run.name().equals(name) && run.isRunning() && run.step("plan").isEmpty()) {
                return Optional.of(run);
            }
        }
        return Optional.empty();
    }

    List<TrainingMetric> metrics(String trainingRun) throws IOException, InterruptedException {
        JsonNode items = get("/api/training-runs/" + trainingRun + "/metrics").path("items");
        return List.of(JSON.treeToValue(items, TrainingMetric[].class));
    }

    /** What the registry knows about a version. */
    Optional<JsonNode> version(PipelineRun.ModelVersion version) throws IOException, InterruptedException {
        return items(get("/api/models/" + version.model() + "/versions"))
                .filter(item -> item.path("version").asInt() == version.version())
                .findFirst();
    }

    /** The first questions that were generated for a corpus, with their answers. */
    List<WantedAnswer> generatedPairs(String corpus, int count) throws IOException, InterruptedException {
        JsonNode items = get("/api/generation/pairs?state=active&limit=" + count + "&corpus=" + corpus)
                .path("items");
        return List.of(JSON.treeToValue(items, WantedAnswer[].class));
    }

    /** How a pretrained model continues a text, as nearly without chance as the interface offers. */
    String complete(String model, String prompt) throws IOException, InterruptedException {
        Map<String, Object> request = Map.of(
                "model", model, "prompt", prompt, "max_tokens", ANSWER_TOKENS, "temperature", 0.01, "seed", 1234);
        return post("/v1/completions", request)
                .path("choices")
                .path(0)
                .path("text")
                .asText();
    }

    /** What a fine-tuned model answers, likewise. */
    String answer(String model, String question) throws IOException, InterruptedException {
        Map<String, Object> request = Map.of(
                "model",
                model,
                "messages",
                List.of(Map.of("role", "user", "content", question)),
                "max_tokens",
                ANSWER_TOKENS,
                "temperature",
                0.01,
                "seed",
                1234);
        return post("/v1/chat/completions", request)
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asText();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(origin.resolve(path)).timeout(LIMIT).build());
    }

    private JsonNode post(String path, Object body) throws IOException, InterruptedException {
        BodyPublisher json = BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        return send(HttpRequest.newBuilder(origin.resolve(path))
                .header("Content-Type", "application/json")
                .timeout(LIMIT)
                .POST(json)
                .build());
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() < SUCCESS || response.statusCode() >= REDIRECTION) {
            throw new UnexpectedAnswerException(
                    response.statusCode(),
                    request.method() + " " + request.uri().getPath() + " was answered with " + response.statusCode()
                            + ": " + explanation(response.body()));
        }
        return JSON.readTree(response.body());
    }

    /** The sentence in a problem (RFC 9457) or an error object of the OpenAI interface. */
    private static String explanation(String body) {
        try {
            JsonNode answer = JSON.readTree(body);
            return Stream.of(answer.path("detail"), answer.path("error").path("message"), answer.path("title"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .findFirst()
                    .orElse(body);
        } catch (JsonProcessingException notJson) {
            return body.isBlank() ? "no explanation" : body.lines().findFirst().orElse("");
        }
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.path("items").spliterator(), false);
    }
}
