package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.inference.RegistryFactsBefore;
import io.minigpt.inference.ScriptedKeys;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The service where callers need keys. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class KeysIT extends ScriptedWall {

    private static final String SECRET = "sk-ann-0123456789";
    private static final String BODY = "{\"model\": \"wall\", \"prompt\": \"a\", \"max_tokens\": %d}";

    @Inject
    ScriptedKeys keys;

    private Caller ann;

    @AfterEach
    void reset() {
        keys.reset();
        if (ann != null) {
            ann.close();
        }
    }

    @Test
    void withoutAKeyNothingIsAnsweredButWhatOperatorsAsk() throws Exception {
        require(Map.of());

        HttpResponse<String> completion = caller.post("/v1/completions", BODY.formatted(1));
        HttpResponse<String> problem = caller.get("/api/arena/leaderboard");

        assertThat(completion.statusCode()).isEqualTo(401);
        assertThat(completion.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(Caller.json(completion).at("/error/code").asText()).isEqualTo("invalid_api_key");
        assertThat(problem.statusCode()).isEqualTo(401);
        assertThat(problem.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Caller.json(problem).path("detail").asText()).contains("Authorization");
        try (Caller other = new Caller(service, SECRET + "0")) {
            assertThat(other.get("/v1/models").statusCode()).isEqualTo(401);
        }
        assertThat(caller.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(ann.post("/v1/completions", BODY.formatted(1)).statusCode()).isEqualTo(200);
        assertThat(ann.get("/api/arena/leaderboard").statusCode()).isEqualTo(200);
    }

    @Test
    void requestsOfAMinuteAreCounted() throws Exception {
        require(Map.of("requests-per-minute", "1"));
        ann.post("/v1/completions", BODY.formatted(1));

        HttpResponse<String> second = ann.post("/v1/completions", BODY.formatted(1));

        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
        assertThat(Caller.json(second).at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
        assertThat(Caller.json(second).at("/error/type").asText()).isEqualTo("requests");
        assertThat(ann.get("/v1/models").statusCode()).isEqualTo(200);
    }

    @Test
    void tokensOfAMinuteAreCountedAsTheyAreUsed() throws Exception {
        // Given 30 tokens a minute, of which an answer reserves 29 and needs 5
        require(Map.of("tokens-per-minute", "30"));
        assertThat(ann.post("/v1/completions", BODY.formatted(28)).statusCode()).isEqualTo(200);

        // Then there are tokens for another, and not for one more
        HttpResponse<String> second = ann.post("/v1/completions", stream(20));
        HttpResponse<String> third = ann.post("/v1/completions", BODY.formatted(28));
        HttpResponse<String> never = ann.post("/v1/completions", BODY.formatted(30));

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(Caller.json(third).at("/error/type").asText()).isEqualTo("tokens");
        assertThat(never.statusCode()).isEqualTo(400);
        assertThat(Caller.json(never).at("/error/code").asText()).isEqualTo("more_than_the_key_may");
    }

    @Test
    void textsAtTheSameTimeAreCountedUntilTheyEnd() throws Exception {
        // Given a key for one text at a time, and a text that runs
        require(Map.of("texts", "1"));
        CompletableFuture<HttpResponse<String>> running =
                ann.begin("/v1/completions", "{\"model\": \"wall\", \"prompt\": \"wait\"}");
        assertThat(models.begun().poll(10, TimeUnit.SECONDS)).isNotNull();

        HttpResponse<String> second = ann.post("/v1/completions", BODY.formatted(1));

        // Then there is no second one before the first has ended
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("Retry-After")).contains("1");
        models.permit(PIECES.length);
        assertThat(running.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(ann.post("/v1/completions", BODY.formatted(1)).statusCode()).isEqualTo(200);
    }

    private void require(Map<String, String> limits) {
        Map<String, String> settings = new HashMap<>(Map.of("keys.ann.secret", SECRET));
        limits.forEach((limit, value) -> settings.put("keys.ann." + limit, value));
        keys.use(settings);
        ann = new Caller(service, SECRET);
    }

    private static String stream(int tokens) {
        return "{\"model\": \"wall\", \"prompt\": \"a\", \"max_tokens\": " + tokens + ", \"stream\": true}";
    }
}
