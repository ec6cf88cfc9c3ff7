package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Random requests made from a service's OpenAPI description: each operation with a body of its schema, some of whose
 * values are of the right type, some at its edges and some anything; now and then another header or no JSON at all.
 */
final class FuzzedRequests {

    private static final Duration HANG = Duration.ofSeconds(20);
    private static final int DEEPEST = 3;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "长城在哪里？",
            "🙂🏯",
            "\u0000",
            "\ud800",
            "\ufffd",
            "user",
            "text",
            "slide",
            "safe",
            "x".repeat(999));
    private static final List<String> NUMBERS = List.of(
            "0", "1", "-1", "2", "0.5", "1e-300", "1e999", "2147483648", "-9223372036854775809", "9".repeat(400));
    private static final List<String> TYPES =
            List.of("application/json", "application/json; charset=utf-16", "text/plain", "*/*", "x");

    /** One operation that takes a body, or has an id in its path. */
    private record Operation(String method, String path, JsonNode schema) {}

    private final JsonNode description;
    private final List<String> models;
    private final RandomGenerator random;
    private final List<Operation> operations = new ArrayList<>();

    /** @param models that exist */
    FuzzedRequests(JsonNode description, List<String> models, RandomGenerator random) {
        this.description = description;
        this.models = models;
        this.random = random;
        for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                JsonNode schema = operation.getValue().at("/requestBody/content/application~1json/schema");
                operations.add(new Operation(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), schema));
            }
        }
    }

    /** How many operations the description has. */
    int operations() {
        return operations.size();
    }

    HttpRequest next(URI service) {
        Operation operation = pick(operations);
        String path =
                operation.path().replaceAll("\\{\\w+}", pick(List.of("a", "%00", "%F0%9F%99%82", "wall:1", "..")));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.resolve(path)).timeout(HANG);
        request.header("Content-Type", oneIn(10) ? pick(TYPES) : "application/json");
        if (oneIn(5)) {
            request.header(
                    pick(List.of("Accept", "Accept-Encoding", "Content-Encoding", "Authorization")), pick(TYPES));
        }
        byte[] body = operation.schema().isMissingNode() ? new byte[0] : body(operation.schema());
        return request.method(operation.method(), BodyPublishers.ofByteArray(body))
                .build();
    }

    private byte[] body(JsonNode schema) {
        byte[] json = value(schema, 0).toString().getBytes(StandardCharsets.UTF_8);
        if (oneIn(10)) {
            // anything in the middle of it
            for (int i = 0; i < 3 && json.length > 0; i++) {
                json[random.nextInt(json.length)] = (byte) random.nextInt(256);
            }
        }
        return oneIn(20) ? new byte[0] : json;
    }

    private JsonNode value(JsonNode schema, int depth) {
        if (oneIn(8) && depth > 0) {
            return anything(depth);
        }
        if (schema.has("$ref")) {
            return value(description.at(schema.path("$ref").asText().substring(1)), depth);
        }
        String type = schema.path("type").isArray()
                ? schema.at("/type/0").asText()
                : schema.path("type").asText();
        return switch (type) {
            case "object" -> object(schema, depth);
            case "array" -> array(() -> value(schema.path("items"), depth + 1), depth);
            case "string" -> JSON.textNode(pick(TEXTS));
            case "integer" -> JSON.numberNode(random.nextInt(-1, 4));
            case "number" -> JSON.numberNode(random.nextDouble(-0.1, 2.1));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            default -> anything(depth);
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            boolean model = property.getKey().equals("model") && !oneIn(10);
            if (model) {
                object.put("model", pick(models));
            } else if (random.nextInt(100) < 40) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
            }
        }
        if (oneIn(20)) {
            object.set(pick(TEXTS), anything(depth + 1));
        }
        return object;
    }

    private JsonNode anything(int depth) {
        return switch (random.nextInt(depth < DEEPEST ? 7 : 5)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2, 3 -> JSON.textNode(pick(TEXTS));
            case 4 -> JSON.rawValueNode(new RawValue(pick(NUMBERS)));
            case 5 -> array(() -> anything(depth + 1), depth);
            default -> JSON.objectNode().set(pick(TEXTS), anything(depth + 1));
        };
    }

    private ArrayNode array(Supplier<JsonNode> item, int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(depth < DEEPEST ? 4 : 1); i > 0; i--) {
            array.add(item.get());
        }
        return array;
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
