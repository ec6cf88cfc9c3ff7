package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.gpt.FinishReason;
import io.minigpt.inference.Registry;
import io.minigpt.inference.RegistryFactsBefore;
import io.minigpt.inference.ScriptedModels;
import io.minigpt.inference.Stage;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Callers that are too many, that go away, and that do not read, hold up nobody. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class CallersIT extends ScriptedWall {

    private static final String[] FLOOD = Collections.nCopies(256, "x").toArray(String[]::new);
    private static final long FLOOD_BYTES = (long) FLOOD.length * ScriptedModels.FLOOD;

    @Inject
    WrittenBytes written;

    @Test
    void moreRequestsThanMayWaitAreSentAway() throws Exception {
        // Given one request that runs
        String waiting = "{\"model\": \"wall\", \"prompt\": \"wait\"}";
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        calls.add(caller.begin("/v1/completions", waiting));
        assertThat(models.begun().poll(10, TimeUnit.SECONDS)).isNotNull();

        // When one more comes than may wait
        for (int i = 0; i < RegistryFactsBefore.QUEUE + 1; i++) {
            calls.add(caller.begin("/v1/completions", waiting));
        }

        // Then one is refused, and the others are answered when the model goes on
        Object first =
                CompletableFuture.anyOf(calls.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        assertThat(first).isInstanceOfSatisfying(HttpResponse.class, refused -> {
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        });
        models.permit(calls.size() * PIECES.length);
        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            statuses.add(call.get(10, TimeUnit.SECONDS).statusCode());
        }
        assertThat(statuses)
                .containsOnlyOnce(429)
                .filteredOn(status -> status == 200)
                .hasSize(calls.size() - 1);
    }

    @Test
    void aCallerThatGoesAwayFreesTheModel() throws Exception {
        // Given a stream that has begun
        models.permit(1);
        HttpResponse<InputStream> response =
                caller.open("/v1/completions", "{\"model\": \"wall\", \"prompt\": \"wait\", \"stream\": true}");
        assertThat(response.body().read()).isEqualTo('d');

        response.body().close();

        assertThat(models.ended().poll(10, TimeUnit.SECONDS)).isEqualTo(FinishReason.CANCELLED);
    }

    @Test
    void aCallerThatGoesAwayBeforeTheFirstTokenFreesTheModelToo() throws Exception {
        CompletableFuture<HttpResponse<String>> call =
                caller.begin("/v1/completions", "{\"model\": \"wall\", \"prompt\": \"wait\"}");
        assertThat(models.begun().poll(10, TimeUnit.SECONDS)).isNotNull();

        caller.close();

        assertThat(models.ended().poll(10, TimeUnit.SECONDS)).isEqualTo(FinishReason.CANCELLED);
        assertThat(call).isCompletedExceptionally();
    }

    @Test
    void whoReadsNothingHoldsNoPlaceAndLittleMemory() throws Exception {
        // Given a caller that reads nothing of a long answer
        try (EventProbe probe = new EventProbe()) {
            new Registry(probe).serve("flood", Stage.PRETRAIN, FLOOD);
        }
        RawCall silent = new RawCall(
                service,
                "silent",
                "/v1/completions",
                "{\"model\": \"flood\", \"prompt\": \"flood\", \"max_tokens\": 4096, \"stream\": true}");

        // Then the model is done with it, and answers others
        assertThat(models.ended().poll(10, TimeUnit.SECONDS)).isEqualTo(FinishReason.STOP);
        HttpResponse<String> other =
                caller.post("/v1/completions", "{\"model\": \"flood\", \"prompt\": \"a\", \"max_tokens\": 1}");
        assertThat(other.statusCode()).isEqualTo(200);

        // and of its answer only what the system's buffers take was written
        Standstill standstill = new Standstill(() -> written.of("silent"));
        assertThat(Eventually.get(standstill::bytes, bytes -> bytes != Standstill.MOVING))
                .isPositive()
                .isLessThan(FLOOD_BYTES / 2);

        // and when it goes, nothing of it stays
        silent.close();
        Eventually.get(() -> written.closed("silent"), closed -> closed);
    }

    @Test
    void whoVanishesWithoutAFarewellFreesTheModelWithinAStep() throws Exception {
        // Given a text that would wait for ever
        RawCall lost = new RawCall(
                service, "lost", "/v1/completions", "{\"model\": \"wall\", \"prompt\": \"wait\", \"stream\": true}");
        assertThat(models.begun().poll(10, TimeUnit.SECONDS)).isNotNull();

        lost.lose();

        assertThat(models.ended().poll(5, TimeUnit.SECONDS)).isEqualTo(FinishReason.CANCELLED);
    }
}
