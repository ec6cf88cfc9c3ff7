package io.minigpt.orchestrator;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.endsWith;

import com.google.protobuf.Message;
import io.minigpt.orchestrator.ScriptedServices.Said;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.proto.augmentation.v1.AugmentationRequested;
import io.minigpt.proto.corpus.v1.ImportFinished;
import io.minigpt.proto.dataset.v1.FreezeRequested;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.function.Function;

/** Pipelines, and the services that do their steps. */
abstract class PipelineStage extends OrchestratorStage {

    @Inject
    Database database;

    void importCorpus(String corpus, long revision) {
        probe.publish(
                corpus,
                ImportFinished.newBuilder()
                        .setCorpus(corpus)
                        .setImportId("i1")
                        .setOutput(StreamRevision.newBuilder()
                                .setStream("corpus/" + corpus)
                                .setRevision(revision))
                        .build());
        Eventually.get(
                () -> database.read(transaction -> transaction
                        .createQuery("select count(*) from corpus where name = :name")
                        .bind("name", corpus)
                        .mapTo(Long.class)
                        .one()),
                count -> count == 1);
    }

    static String start(String body) {
        ValidatableResponse response = post("/api/pipelines", body).statusCode(202);
        String id = response.extract().path("id");
        response.header("Location", endsWith("/api/pipelines/" + id));
        return id;
    }

    static ValidatableResponse pipeline(String id) {
        return when().get("/api/pipelines/" + id).then();
    }

    static String state(String id) {
        return when().get("/api/pipelines/" + id).path("state");
    }

    <M extends Message> M answer(Class<M> type, String runId, Function<M, String> id) {
        M command = probe.await(type, m -> id.apply(m).equals(runId)).data();
        for (Said said : ScriptedServices.answers(command)) {
            probe.publish(said.key(), said.message());
        }
        return command;
    }

    void answerAll(String pipeline, String... steps) {
        for (String step : steps) {
            String id = pipeline + "-" + step + "-1";
            switch (step) {
                case "generate" -> answer(GenerationRequested.class, id, GenerationRequested::getRunId);
                case "augment" -> answer(AugmentationRequested.class, id, AugmentationRequested::getRunId);
                case "freeze-pretraining", "freeze-sft" -> answer(FreezeRequested.class, id, FreezeRequested::getRunId);
                case "pretrain", "fine-tune" -> answer(TrainingRequested.class, id, TrainingRequested::getRunId);
                default -> answer(EvaluationRequested.class, id, EvaluationRequested::getRunId);
            }
        }
    }
}
