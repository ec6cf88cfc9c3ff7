package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.inference.Registry;
import io.minigpt.inference.RegistryFactsBefore;
import io.minigpt.inference.ScriptedModels;
import io.minigpt.inference.Stage;
import io.minigpt.inference.VersionId;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.inference.v1.ModelDeployed;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class DeploymentIT {

    @TestHTTPResource("/")
    URI service;

    @Inject
    ScriptedModels models;

    private final EventProbe probe = new EventProbe();
    private final Registry registry = new Registry(probe);
    private Caller caller;

    @BeforeEach
    void forget() {
        models.forget();
        caller = new Caller(service);
    }

    @AfterEach
    void close() {
        caller.close();
        probe.close();
    }

    @Test
    void whatTheRegistryToldBeforeTheStartIsServed() throws Exception {
        ModelDeployed deployed = registry.awaitDeployed("earlier", 2);

        assertThat(deployed.getAlias()).isEqualTo("champion");
        assertThat(deployed.getReplica()).startsWith("inference-");
        JsonNode answer = ask("earlier", "a");
        assertThat(answer.at("/choices/0/text").asText()).isEqualTo("second");
        assertThat(answer.path("model").asText()).isEqualTo("earlier:2");
        HttpResponse<String> ready = caller.get("/q/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains("earlier@champion", "earlier:2");
    }

    @Test
    void anAliasMovesWhileARequestRuns() throws Exception {
        // Given a request that has begun on version 1
        registry.serve("moving", Stage.SFT, "one ", "more");
        CompletableFuture<HttpResponse<String>> running =
                caller.begin("/v1/completions", "{\"model\": \"moving\", \"prompt\": \"wait\"}");
        assertThat(models.begun().poll(10, TimeUnit.SECONDS)).isNotNull();
        models.permit(1);

        // When the alias moves to version 2
        registry.setAlias("moving", "champion", 2, 2, Stage.SFT, "two");
        registry.awaitDeployed("moving", 2);

        // Then version 2 answers new requests, and version 1 the old one before it leaves
        assertThat(ask("moving", "a").path("model").asText()).isEqualTo("moving:2");
        assertThat(models.inMemory()).contains(new VersionId("moving", 1));
        models.permit(1);
        JsonNode old = Caller.json(running.get(10, TimeUnit.SECONDS));
        assertThat(old.path("model").asText()).isEqualTo("moving:1");
        assertThat(old.at("/choices/0/text").asText()).isEqualTo("one more");
        Eventually.get(models::inMemory, memory -> !memory.contains(new VersionId("moving", 1)));
    }

    @Test
    void aVersionThatCannotBeLoadedLeavesTheOldOneServing() throws Exception {
        registry.serve("fragile", Stage.SFT, "sound");

        registry.setAlias("fragile", "champion", 2, 2, Stage.SFT, "damaged");

        assertThat(registry.awaitFailed("fragile", 2).getReason()).isEqualTo("artifact damaged is damaged");
        assertThat(ask("fragile", "a").path("model").asText()).isEqualTo("fragile:1");
    }

    @Test
    void aModelThatCouldNeverBeLoadedSaysWhy() throws Exception {
        registry.setAlias("broken", "champion", 1, 1, Stage.SFT, "damaged");
        registry.awaitFailed("broken", 1);

        HttpResponse<String> response = caller.post("/v1/completions", "{\"model\": \"broken\", \"prompt\": \"a\"}");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(Caller.json(response).at("/error/message").asText()).contains("artifact damaged is damaged");
    }

    @Test
    void aVersionAskedForByNumberIsLoadedAndTheLeastRecentlyUsedLeaves() throws Exception {
        // Given two versions that were asked for by number, the first one last
        for (int version = 1; version <= 3; version++) {
            registry.register("numbers", version, Stage.PRETRAIN, "v" + version);
        }
        Eventually.get(() -> caller.status("/v1/models/numbers:3"), status -> status == 200);
        ask("numbers:1", "a");
        ask("numbers:2", "a");
        ask("numbers:1", "a");

        // When a third is asked for
        JsonNode third = ask("numbers:3", "a");

        // Then the second has left
        assertThat(third.at("/choices/0/text").asText()).isEqualTo("v3");
        assertThat(registry.awaitDeployed("numbers", 3).getAlias()).isEmpty();
        Eventually.get(models::inMemory, memory -> !memory.contains(new VersionId("numbers", 2)));
        assertThat(models.inMemory()).contains(new VersionId("numbers", 1), new VersionId("numbers", 3));
    }

    @Test
    void anAliasThatIsGoneMeansNothing() throws Exception {
        registry.serve("leaving", Stage.SFT, "bye");

        registry.removeAlias("leaving", "champion", 2);

        Eventually.get(() -> caller.status("/v1/models/leaving"), status -> status == 404);
        Eventually.get(models::inMemory, memory -> !memory.contains(new VersionId("leaving", 1)));
        assertThat(Caller.json(caller.get("/v1/models")).path("data"))
                .noneMatch(model -> model.path("id").asText().equals("leaving"))
                .anyMatch(model -> model.path("id").asText().equals("leaving:1"));
    }

    private JsonNode ask(String model, String prompt) throws Exception {
        HttpResponse<String> response =
                caller.post("/v1/completions", "{\"model\": \"" + model + "\", \"prompt\": \"" + prompt + "\"}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Caller.json(response);
    }
}
