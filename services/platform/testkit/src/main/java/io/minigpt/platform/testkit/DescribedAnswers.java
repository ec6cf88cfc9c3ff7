package io.minigpt.platform.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a running service answers to what is not there, to limits out of bounds and to bodies that are none, against what
 * its description lists.
 */
public final class DescribedAnswers {

    private static final String ABSENT_NAME = "absent";
    private static final String ABSENT_NUMBER = "999999";
    private static final String NO_JSON = "}";
    private static final String OTHER_TYPE = "image/png";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI service;
    private final HttpClient client;
    private final List<String> unlisted = new ArrayList<>();

    private DescribedAnswers(URI service, HttpClient client) {
        this.service = service;
        this.client = client;
    }

    /**
     * Asks for every operation of the description.
     *
     * @return answers that the description does not list and errors that are no problem details
     */
    public static List<String> unlisted(URI service, JsonNode description) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            DescribedAnswers answers = new DescribedAnswers(service, client);
            for (DescribedOperation operation : DescribedOperation.all(description)) {
                answers.ask(operation);
            }
            return List.copyOf(answers.unlisted);
        }
    }

    private void ask(DescribedOperation operation) throws IOException, InterruptedException {
        Optional<String> type = operation
                .says()
                .path("requestBody")
                .path("content")
                .propertyStream()
                .map(content -> content.getKey())
                .findFirst();
        if (type.isPresent()) {
            compare(operation, "", type, NO_JSON);
            compare(operation, "", Optional.of(OTHER_TYPE), NO_JSON);
        } else {
            compare(operation, "", Optional.empty(), "");
        }
        if (operation
                .parameters()
                .anyMatch(parameter -> parameter.path("name").asText().equals("limit"))) {
            compare(operation, "?limit=0", Optional.empty(), "");
        }
    }

    private void compare(DescribedOperation operation, String query, Optional<String> type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path(operation) + query))
                .timeout(PATIENCE)
                .method(operation.method().toUpperCase(Locale.ROOT), BodyPublishers.ofString(body));
        type.ifPresent(name -> request.header("Content-Type", name));
        HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());
        String place = operation + query + type.map(name -> " with " + name).orElse("") + ": ";
        if (!operation.says().path("responses").has(Integer.toString(answer.statusCode()))) {
            unlisted.add(place + answer.statusCode());
        } else if (answer.statusCode() >= 400 && !isProblem(answer)) {
            unlisted.add(place + answer.statusCode() + " without problem details");
        }
    }

    private static boolean isProblem(HttpResponse<Void> answer) {
        return answer.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("application/problem+json"))
                .isPresent();
    }

    private static String path(DescribedOperation operation) {
        String path = operation.path();
        for (JsonNode parameter : operation.parameters().toList()) {
            boolean number = parameter.at("/schema/type").asText().equals("integer");
            path = path.replace("{" + parameter.path("name").asText() + "}", number ? ABSENT_NUMBER : ABSENT_NAME);
        }
        return path;
    }
}
