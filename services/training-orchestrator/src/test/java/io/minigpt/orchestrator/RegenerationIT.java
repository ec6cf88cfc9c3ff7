package io.minigpt.orchestrator;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.dataset.v1.RegenerationPlanRequested;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.proto.pipeline.v1.PipelineFinished;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Regeneration as any Kafka client asks for it. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RegenerationIT extends PipelineStage {

    @Test
    void regeneratesWhatAJsonRecordNamesOnceForTwoThatAskForTheSame() {
        // Given a pipeline that has made a served model
        importCorpus("tales", 12);
        String first = start("{\"name\":\"tales\",\"corpus\":\"tales\"}");
        answerAll(first, "generate", "augment", "freeze-pretraining", "freeze-sft");
        answerAll(first, "pretrain", "fine-tune", "evaluate-base", "evaluate");
        Eventually.get(() -> state(first), "succeeded"::equals);

        // When two clients ask for the same, with the three headers that a console producer sets
        regenerate(
                "again-1", "{\"name\": \"tales\", \"goal\": \"REGENERATION_GOAL_PROMOTE\", \"reason\": \"new text\"}");
        regenerate("again-2", "{\"name\": \"tales\", \"goal\": \"REGENERATION_GOAL_PROMOTE\"}");
        RegenerationPlanRequested plan = probe.await(
                        RegenerationPlanRequested.class, m -> m.getRunId().equals("again-1-plan-1"))
                .data();
        regenerate(
                "other-form",
                "{\"name\": \"tales\", \"goal\": \"REGENERATION_GOAL_PROMOTE\", \"selection\": {\"template\": \"plain\"}}");
        Eventually.get(() -> state("other-form"), "running"::equals);
        answer(RegenerationPlanRequested.class, "again-1-plan-1", RegenerationPlanRequested::getRunId);
        GenerationRequested generation =
                answer(GenerationRequested.class, "again-1-generate-1", GenerationRequested::getRunId);
        answerAll("again-1", "augment", "freeze-sft");

        // Then one run does it, from the base of the present model
        assertThat(plan.getDataset()).isEqualTo("tales-sft");
        assertThat(generation.getDocuments().getIdsList()).containsExactly("d1", "d2");
        TrainingRequested training = probe.await(
                        TrainingRequested.class, m -> m.getRunId().equals("again-1-fine-tune-1"))
                .data();
        assertThat(training.getBase().getModel()).isEqualTo("tales-base");
        assertThat(training.getBase().getFilesCount()).isEqualTo(1);
        assertThat(probe.all(RegenerationPlanRequested.class, m -> m.getRunId().startsWith("again-")))
                .hasSize(1);
        pipeline("other-form").body("id", equalTo("other-form"));
        pipeline("again-2")
                .body("id", equalTo("again-1"))
                .body("regeneration.goal", equalTo("promote"))
                .body("regeneration.reason", equalTo("new text"))
                .body("regeneration.base.version", equalTo(3))
                .body(
                        "steps.name",
                        contains("plan", "generate", "augment", "freeze-sft", "fine-tune", "evaluate", "deploy"))
                .body("steps[0].details.pairs", equalTo(9));
    }

    @Test
    void aRegenerationThatCannotBeIsRefusedWhereItIsLookedFor() {
        regenerate("nothing-there", "{\"name\": \"unheard-of\", \"goal\": \"REGENERATION_GOAL_FREEZE\"}");
        regenerate("no-goal", "{\"name\": \"tales\"}");

        PipelineFinished refused = probe.await(
                        PipelineFinished.class, m -> m.getRunId().equals("nothing-there"))
                .data();
        assertThat(refused.getReason()).startsWith("pipeline 'unheard-of' has no run that succeeded");
        pipeline("nothing-there").body("state", equalTo("failed")).body("reason", equalTo(refused.getReason()));
        String dead = Eventually.get(
                () -> probe.records("dataset.commands.v1.training-orchestrator.dlq").stream()
                        .filter(record -> "no-goal".equals(header(record, "ce_id")))
                        .map(record -> header(record, "dead-letter-reason"))
                        .findFirst()
                        .orElse(""),
                reason -> !reason.isEmpty());
        assertThat(dead).startsWith("goal is missing or unknown");
        when().get("/api/pipelines/no-goal").then().statusCode(404);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static void regenerate(String id, String json) {
        Map<String, String> headers = Map.of(
                "content-type", "application/json",
                "ce_type", "io.minigpt.dataset.regeneration.requested.v1",
                "ce_id", id);
        // one key, so that they are read in the order of sending
        probe.publishRaw("dataset.commands.v1", "regenerations", headers, json.getBytes(StandardCharsets.UTF_8));
    }
}
