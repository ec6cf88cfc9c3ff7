package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Calls of random shapes, each of which checks what comes back. */
final class SoakCalls {

    private record Wrong(String path, String body, int status) {}

    private static final String COMPLETIONS = "/v1/completions";
    private static final String CHAT = "/v1/chat/completions";
    private static final List<String> PROMPTS =
            List.of("", "长城在哪里？", "水的化学式", "🙂", "The Great Wall of China", "月".repeat(150));
    private static final List<Wrong> WRONG = List.of(
            new Wrong(COMPLETIONS, "{\"model\": \"soak\"", 400),
            new Wrong(COMPLETIONS, "{\"model\": \"soak\", \"prompt\": \"a\", \"temperature\": 9}", 400),
            new Wrong(COMPLETIONS, "{\"model\": \"nobody\", \"prompt\": \"a\"}", 404),
            new Wrong(COMPLETIONS, "{\"model\": \"soak:999\", \"prompt\": \"a\"}", 404),
            new Wrong(COMPLETIONS, "{\"model\": \"soak\", \"prompt\": [1, 99999]}", 400),
            new Wrong(CHAT, "{\"model\": \"soak\", \"messages\": []}", 400),
            new Wrong(
                    CHAT,
                    "{\"model\":\"soak\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "问".repeat(500) + "\"}]}",
                    400));

    private final Caller caller;
    private final String deterministic;

    /** Remembers what a deterministic text is while nothing else runs. */
    SoakCalls(Caller caller) throws IOException, InterruptedException {
        this.caller = caller;
        this.deterministic = text(caller.post(COMPLETIONS, deterministic(false)));
        assertThat(deterministic).isNotBlank();
    }

    /** Makes a call. @param number which one; the same number gives the same call */
    void call(int number) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(number);
        switch (random.nextInt(10)) {
            case 0, 1 -> whole(completion(random, false));
            case 2 -> whole(scored(random));
            case 3, 4 -> stream(caller.post(COMPLETIONS, completion(random, true)));
            case 5 -> whole(caller.post(CHAT, chat(random, false)), "/message/content");
            case 6 -> stream(caller.post(CHAT, chat(random, true)));
            case 7 -> wrong(WRONG.get(random.nextInt(WRONG.size())));
            case 8 -> goAway(random);
            default ->
                assertThat(text(caller.post(COMPLETIONS, deterministic(random.nextBoolean()))))
                        .isEqualTo(deterministic);
        }
    }

    private void whole(String body) throws IOException, InterruptedException {
        whole(caller.post(COMPLETIONS, body), "/text");
    }

    private static void whole(HttpResponse<String> response, String text) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode answer = Caller.json(response);
        assertThat(answer.path("choices")).isNotEmpty().allSatisfy(choice -> {
            assertThat(choice.at(text).isTextual()).as(response.body()).isTrue();
            // alternatives of a token are from the whole vocabulary, which has tokens that say it
            assertThat(choice.at(text).asText()).doesNotContain("\ufffd");
            assertThat(choice.path("finish_reason").asText()).isIn("stop", "length");
        });
    }

    private static void stream(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("data: {\"error\"");
        List<String> events = Caller.events(response.body());
        assertThat(events.getLast()).isEqualTo("[DONE]");
        assertThat(events.subList(0, events.size() - 1)).allSatisfy(event -> {
            JsonNode choice = Caller.json(event).at("/choices/0");
            assertThat(choice.path("text").asText()
                            + choice.at("/delta/content").asText())
                    .doesNotContain("\ufffd");
        });
        assertThat(Caller.json(events.get(events.size() - 2))
                        .at("/choices/0/finish_reason")
                        .asText())
                .isIn("stop", "length");
    }

    private void wrong(Wrong wrong) throws IOException, InterruptedException {
        HttpResponse<String> response = caller.post(wrong.path(), wrong.body());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(wrong.status());
    }

    /** Opens a stream and closes the connection within it. */
    private void goAway(SplittableRandom random) throws IOException, InterruptedException {
        String body = completion(random, true).replaceFirst("\"max_tokens\": \\d+", "\"max_tokens\": 200");
        HttpResponse<InputStream> response = caller.open(COMPLETIONS, body);
        try (InputStream stream = response.body()) {
            stream.readNBytes(random.nextInt(300));
        }
    }

    private static String text(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        if (!response.body().startsWith("data: ")) {
            return Caller.json(response).at("/choices/0/text").asText();
        }
        return Caller.events(response.body()).stream()
                .filter(event -> event.startsWith("{"))
                .map(event -> Caller.json(event).at("/choices/0/text").asText())
                .collect(Collectors.joining());
    }

    private static String deterministic(boolean streamed) {
        return """
                {"model": "soak", "prompt": "长城", "max_tokens": 20, "temperature": 1.5, "seed": 3, "repetition": "off",
                 "deterministic": true, "stream": %s}""".formatted(streamed);
    }

    private static String completion(SplittableRandom random, boolean streamed) {
        return """
                {"model": "soak", "prompt": "%s", "max_tokens": %d, "temperature": %f, "top_p": 0.95, "top_k": %d, "seed": %d,
                 "n": %d, "logprobs": %s, "presence_penalty": %f, "min_p": 0.01, "no_repeat_ngram": %d, "stop": "z",
                 "ban_invalid_utf8": %s, "stream": %s}""".formatted(
                        PROMPTS.get(random.nextInt(PROMPTS.size())),
                        random.nextInt(1, 25),
                        random.nextDouble(1.5),
                        random.nextInt(300),
                        random.nextLong(),
                        random.nextInt(8) == 0 ? 2 : 1,
                        random.nextInt(8) == 0 ? "3" : "null",
                        random.nextDouble(-1, 1),
                        random.nextInt(4),
                        random.nextInt(8) != 0,
                        streamed);
    }

    private static String scored(SplittableRandom random) {
        return """
                {"model": "soak", "prompt": "%s", "echo": true, "logprobs": 2, "max_tokens": %d, "temperature": 1.5, "seed": %d,
                 "best_of": %d, "logit_bias": {"198": -100}}""".formatted(
                        PROMPTS.get(random.nextInt(1, 5)),
                        random.nextInt(10),
                        random.nextLong(),
                        random.nextInt(8) == 0 ? 2 : 1);
    }

    private static String chat(SplittableRandom random, boolean streamed) {
        return """
                {"model": "soak@champion", "messages": [{"role": "user", "content": "%s？"}], "max_tokens": %d,
                 "temperature": 1.5, "seed": %d, "logprobs": %s, "stream": %s}""".formatted(
                        PROMPTS.get(random.nextInt(1, 5)),
                        random.nextInt(1, 25),
                        random.nextLong(),
                        random.nextBoolean(),
                        streamed);
    }
}
