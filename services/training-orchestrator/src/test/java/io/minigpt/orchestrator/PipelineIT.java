package io.minigpt.orchestrator;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.augmentation.v1.AugmentationRequested;
import io.minigpt.proto.dataset.v1.EvaluationSetsListed;
import io.minigpt.proto.dataset.v1.FreezeRequested;
import io.minigpt.proto.dataset.v1.Selection;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.generation.v1.GenerationCancellationRequested;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.proto.pipeline.v1.PipelineFinished;
import io.minigpt.proto.pipeline.v1.PipelineRequested;
import io.minigpt.proto.pipeline.v1.PipelineStarted;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class PipelineIT extends PipelineStage {

    @TestHTTPResource("/")
    URI origin;

    @Test
    void goesFromACorpusToServedModels() throws Exception {
        // Given an imported corpus with an evaluation set
        importCorpus("news", 12);
        importSets("news", "exam");

        // When a pipeline is started and the other services do what they are asked for
        String id = start("""
                {"name":"samples","corpus":"news","pretrainingOverrides":{"max_iters":"50"},
                 "selection":{"curatedRepeat":4,"template":"plain","evaluationSets":["exam"]}}""");
        CompletableFuture<List<String>> live = live("/api/pipelines/" + id + "/events");
        answer(GenerationRequested.class, id + "-generate-1", GenerationRequested::getRunId);
        answer(AugmentationRequested.class, id + "-augment-1", AugmentationRequested::getRunId);
        answer(FreezeRequested.class, id + "-freeze-pretraining-1", FreezeRequested::getRunId);
        FreezeRequested sft = answer(FreezeRequested.class, id + "-freeze-sft-1", FreezeRequested::getRunId);
        measure(id + "-pretrain-1", 1, 10, 3.5);
        TrainingRequested base = answer(TrainingRequested.class, id + "-pretrain-1", TrainingRequested::getRunId);
        answer(TrainingRequested.class, id + "-fine-tune-1", TrainingRequested::getRunId);
        answer(EvaluationRequested.class, id + "-evaluate-base-1", EvaluationRequested::getRunId);
        answer(EvaluationRequested.class, id + "-evaluate-1", EvaluationRequested::getRunId);

        // Then it succeeds, and says so to those who ask, listen or consume
        PipelineFinished finished = probe.await(
                        PipelineFinished.class, m -> m.getRunId().equals(id))
                .data();
        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(sft.getSelection())
                .isEqualTo(Selection.newBuilder()
                        .setCuratedRepeat(4)
                        .setTemplate("plain")
                        .addEvaluationSets("exam")
                        .build());
        assertThat(base.getTrainingConfiguration()).isEqualTo("{\"learning_rate\":0.001,\"max_iters\":50}");
        pipeline(id)
                .body("state", equalTo("succeeded"))
                .body("corpusRevision", equalTo(12))
                .body("steps.state", everyItem(equalTo("succeeded")))
                .body("steps[0].runId", equalTo(id + "-generate-1"))
                .body("steps[0].details.pairs", equalTo(41))
                .body("steps[4].details.version", equalTo(3))
                .body("steps[4].details.firstLoss", equalTo(10.5f))
                .body("steps[4].details.learningRate", equalTo(0.001f))
                .body("steps[7].details.metrics[0].value", equalTo(0.875f))
                .body("steps[9].details.alias", equalTo("champion"))
                .body("models.model", contains("samples-base", "samples"))
                .body("models.version", contains(3, 3));
        List<String> lines = live.get();
        assertThat(lines).filteredOn("event:pipeline"::equals).hasSizeGreaterThan(1);
        assertThat(lines).allMatch(line -> line.isEmpty() || line.matches("(event|data):.*"));
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("data:"))
                        .toList()
                        .getLast())
                .contains("\"state\":\"succeeded\",\"reason\":null");
        when().get("/api/training-runs/" + id + "-pretrain-1")
                .then()
                .body("state", equalTo("succeeded"))
                .body("pipeline", equalTo(id))
                .body("version", equalTo(3))
                .body("trainingConfiguration.max_iters", equalTo(50))
                .body("device", equalTo("cpu"));
        when().get("/api/evaluations/" + id + "-evaluate-1")
                .then()
                .body("state", equalTo("succeeded"))
                .body("version.model", equalTo("samples"))
                .body("metrics[0].name", equalTo("rouge_l"));
        when().get("/api/pipelines?limit=1").then().body("items", hasSize(1));
        List<String> transitions = transitions(id);
        assertThat(transitions).startsWith("null running");
        assertThat(transitions.getLast()).isEqualTo("null succeeded");
        assertThat(transitions).contains("generate running", "generate succeeded", "deploy succeeded");
    }

    @Test
    void aCommandSentTwiceStartsOneRun() {
        // Given a corpus that is named by its revision
        PipelineRequested command = PipelineRequested.newBuilder()
                .setRunId("asked-by-command")
                .setName("twice")
                .setCorpus("other")
                .setCorpusRevision(3)
                .build();

        // When the command comes as two events
        probe.publish("asked-by-command", command);
        probe.publish("asked-by-command", command);
        probe.publish("asked-by-command", command.toBuilder().setRunId("last").build());

        // Then one run has started
        probe.await(PipelineStarted.class, m -> m.getRunId().equals("last"));
        assertThat(probe.all(PipelineStarted.class, m -> m.getRunId().equals("asked-by-command")))
                .hasSize(1);
        assertThat(probe.all(GenerationRequested.class, m -> m.getRunId().startsWith("asked-by-command")))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.correlationId()).isEqualTo("asked-by-command");
                    assertThat(event.data().getInput().getRevision()).isEqualTo(3);
                });
    }

    @Test
    void aFailedRunIsRetriedAndCancelled() {
        // Given a run whose generation failed
        String id = start("{\"name\":\"unlucky\",\"corpus\":\"small\",\"corpusRevision\":1}");
        String first = id + "-generate-1";
        probe.publish(
                first,
                GenerationFinished.newBuilder()
                        .setRunId(first)
                        .setOutcome(Outcome.OUTCOME_FAILED)
                        .setReason("no such teacher")
                        .build());
        Eventually.get(() -> state(id), "failed"::equals);
        pipeline(id).body("reason", equalTo("generate: no such teacher")).body("steps[1].state", equalTo("cancelled"));
        when().post("/api/pipelines/" + id + "/cancel")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("a run that is failed cannot be cancelled"));

        // When it is retried and then cancelled
        when().post("/api/pipelines/" + id + "/retry")
                .then()
                .statusCode(200)
                .body("state", equalTo("running"))
                .body("reason", nullValue())
                .body("steps[0].runId", equalTo(id + "-generate-2"));
        probe.await(GenerationRequested.class, m -> m.getRunId().equals(id + "-generate-2"));
        when().post("/api/pipelines/" + id + "/cancel").then().statusCode(200).body("state", equalTo("cancelled"));

        // Then the second attempt is told to stop
        probe.await(GenerationCancellationRequested.class, m -> m.getRunId().equals(id + "-generate-2"));
        PipelineFinished finished = probe.await(
                        PipelineFinished.class,
                        m -> m.getRunId().equals(id) && m.getOutcome() == Outcome.OUTCOME_CANCELLED)
                .data();
        assertThat(finished.getReason()).isEqualTo("asked for by hand");
    }

    @Test
    void refusesWhatItCannotDo() {
        post("/api/pipelines", "{\"name\":\"x\",\"corpus\":\"unheard-of\"}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("corpus 'unheard-of' is not known"));
        post("/api/pipelines", "{\"name\":\"x\",\"corpus\":\"c\",\"modelPresent\":\"demo\"}")
                .statusCode(400)
                .body("detail", containsString("unknown property 'modelPresent'"));
        post("/api/pipelines", "{\"name\":\"x\",\"corpus\":\"c\",\"corpusRevision\":1,\"sftPreset\":\"none\"}")
                .statusCode(400)
                .body("detail", containsString("sftPreset: no preset 'none'"));
        post("/api/pipelines", "{\"name\":\"x\",\"corpus\":\"c\",\"corpusRevision\":1,\"selection\":{\"kinds\":[]}}")
                .statusCode(400)
                .body("detail", containsString("unknown property 'selection.kinds'"));
        post(
                        "/api/pipelines",
                        "{\"name\":\"x\",\"corpus\":\"c\",\"corpusRevision\":1,\"selection\":{\"evaluationSets\":[\"exam\"]}}")
                .statusCode(400)
                .body("detail", containsString("selection.evaluationSets: corpus 'c' has no evaluation set 'exam'"));
        when().get("/api/pipelines/none").then().statusCode(404).body("detail", equalTo("no pipeline run 'none'"));
        when().get("/api/pipelines/none/events").then().statusCode(404);
        when().get("/api/training-runs/none/metrics").then().statusCode(404);
        when().get("/q/openapi?format=json").then().body("paths.'/api/pipelines'.post.tags", hasItem(endsWith("s")));
    }

    private void importSets(String corpus, String... names) {
        probe.publish(corpus, sets(corpus, 2, names));
        Eventually.get(
                () -> database.read(transaction -> transaction
                        .createQuery("select revision from evaluation_sets where corpus = :corpus")
                        .bind("corpus", corpus)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L)),
                revision -> revision == 2);
    }

    private static EvaluationSetsListed sets(String corpus, long revision, String... names) {
        return EvaluationSetsListed.newBuilder()
                .setPosition(StreamPosition.newBuilder()
                        .setStream("evaluation/" + corpus)
                        .setRevision(revision))
                .setCorpus(corpus)
                .addAllNames(List.of(names))
                .build();
    }

    private CompletableFuture<List<String>> live(String path) {
        HttpRequest request = HttpRequest.newBuilder(origin.resolve(path)).build();
        HttpClient client = HttpClient.newHttpClient();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                .thenApplyAsync(response -> response.body().toList())
                .whenComplete((lines, failure) -> client.close());
    }

    private List<String> transitions(String id) {
        return database.read(transaction -> transaction
                .createQuery("select step, state from pipeline_transition where pipeline_id = :id order by id")
                .bind("id", id)
                .map((row, context) -> row.getString("step") + " " + row.getString("state"))
                .list());
    }
}
