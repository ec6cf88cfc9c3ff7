package io.minigpt.tokenization;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.FreezeFinished;
import io.minigpt.proto.dataset.v1.FreezeRequested;
import io.minigpt.proto.dataset.v1.RegenerationPlan;
import io.minigpt.proto.dataset.v1.RegenerationPlanFinished;
import io.minigpt.proto.dataset.v1.RegenerationPlanRequested;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.generation.v1.GenerationConfigured;
import io.minigpt.proto.generation.v1.GenerationCounts;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.GenerationStarted;
import io.minigpt.proto.generation.v1.OfferedPrompt;
import io.minigpt.proto.generation.v1.OfferedTeacher;
import io.minigpt.proto.registry.v1.VersionRegistered;
import io.minigpt.proto.training.v1.ModelVersion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RegenerationIT {

    /** Numbers of what is configured, beyond those of other tests. */
    private static long setups = 1_000;

    private final EventProbe probe = new EventProbe();
    private final String corpus = "c-" + UUID.randomUUID().toString().substring(0, 8);
    private final String dataset = corpus + "-sft";
    private final Facts facts = new Facts(probe, corpus);

    @AfterEach
    void close() {
        probe.close();
    }

    @Test
    void onePercentOfTheDocumentsIsOnePercentOfThePlan() {
        // Given what the teacher took for all, a model trained on the version, a changed document and a retracted one
        aVersionOf(100);
        taught(100);
        registered();
        facts.document(7, "v2", "第七篇，改过。");
        facts.retractDocument(8);

        // When
        RegenerationPlan plan = plan("", 0).getPlan();

        // Then
        assertThat(plan.getDocumentIdsList()).containsExactly(facts.documentId(7));
        assertThat(plan.getDocuments()).isEqualTo(1);
        assertThat(plan.getDocumentsRetracted()).isEqualTo(1);
        assertThat(plan.getPairs()).isEqualTo(2);
        assertThat(plan.getQuestions()).isEqualTo(1);
        assertThat(plan.getParentVersion()).isEqualTo(1);
        assertThat(plan.getCorpus().getRevision()).isEqualTo(105);
        assertThat(plan.getPromptVersion()).isEqualTo("prompt-1");
        assertThat(plan.getPairsEstimate().getMeasured()).isEqualTo(100);
        assertThat(plan.getPairsEstimate().getCalls()).isEqualTo(2);
        assertThat(plan.getPairsEstimate().getTokensIn()).isEqualTo(11);
        assertThat(plan.getPairsEstimate().getCost()).isEqualTo("0.005");
        asked(Map.of("dataset", dataset))
                .statusCode(200)
                .body("documentIds", contains(facts.documentId(7)))
                .body("pairsEstimate.tokensOut", equalTo(5))
                .body("versions", contains(1))
                .body("models[0].model", equalTo(corpus));
    }

    @Test
    void whatIsDoneIsNotPlannedAgain() {
        // Given a changed document whose new pairs are there, out of date with one prompt and not with the other
        aVersionOf(8);
        facts.document(7, "v2", "第七篇，改过。");
        facts.pair(7, "v2", 0, "第七篇改了吗？", "改了。");
        offered("prompt-2");
        plan("", 0);
        asked(Map.of("dataset", dataset)).body("documents", equalTo(1));
        offered("prompt-1");

        // When
        RegenerationPlan plan = plan("", 0).getPlan();

        // Then
        assertThat(plan.getDocuments()).isZero();
        assertThat(plan.getPairs()).isZero();
        assertThat(plan.getVersionsList()).isEmpty();
    }

    @Test
    void anotherPromptConcernsEveryDocumentOrThoseThatAreNamed() {
        // Given
        aVersionOf(8);
        offered("prompt-3");

        // When
        RegenerationPlan all = plan("questions", 0).getPlan();
        RegenerationPlan two = plan("questions", 2).getPlan();

        // Then
        assertThat(all.getDocuments()).isEqualTo(8);
        assertThat(all.getPairs()).isEqualTo(8);
        assertThat(all.getPrompt()).isEqualTo("questions");
        assertThat(all.getPromptVersion()).isEqualTo("prompt-3");
        assertThat(two.getDocumentIdsList()).containsExactly(facts.documentId(1), facts.documentId(2));
    }

    @Test
    void whatIsUnknownIsRefusedByName() {
        aVersionOf(8);

        RegenerationPlanFinished refused = plan("poems", 0);
        assertThat(refused.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(refused.getReason()).isEqualTo("no prompt 'poems'; there are [questions]");
        refused(Map.of("dataset", "none"), "dataset 'none' has no version yet");
        refused(
                Map.of("dataset", dataset, "corpus", "other"),
                "is made from corpus '" + corpus + "', not from 'other'");
        refused(Map.of("dataset", dataset, "teacher", "nobody"), "no teacher 'nobody'; there are [scripted]");
        refused(Map.of("dataset", dataset, "documentIds", new String[] {"nowhere"}), "1 of the documents are not in");
    }

    private void aVersionOf(int documents) {
        for (int i = 1; i <= documents; i++) {
            facts.document(i, "v1", "第" + i + "篇。");
            facts.pair(i, "v1", 0, "第" + i + "篇说什么？", "说" + i + "。");
        }
        facts.question(1, "有几篇？", "数一数。");
        freeze();
        offered("prompt-1");
    }

    private void refused(Map<String, Object> body, String reason) {
        asked(body).statusCode(400).body("detail", containsString(reason));
    }

    private static ValidatableResponse asked(Map<String, ?> body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/datasets/plan")
                .then();
    }

    private RegenerationPlanFinished plan(String prompt, int named) {
        String run = "plan-" + UUID.randomUUID();
        RegenerationPlanRequested.Builder command = RegenerationPlanRequested.newBuilder()
                .setRunId(run)
                .setDataset(dataset)
                .setCorpus(corpus)
                .addAllInputs(facts.inputs())
                .setPrompt(prompt);
        for (int i = 1; i <= named; i++) {
            command.addDocumentIds(facts.documentId(i));
        }
        probe.publish(run, command.build());
        return probe.await(RegenerationPlanFinished.class, end -> end.getRunId().equals(run))
                .data();
    }

    private void freeze() {
        String run = "freeze-" + corpus;
        probe.publish(
                run,
                FreezeRequested.newBuilder()
                        .setRunId(run)
                        .setName(dataset)
                        .setKind(DatasetKind.DATASET_KIND_SFT)
                        .setCorpus(corpus)
                        .addAllInputs(facts.inputs())
                        .build());
        probe.await(FreezeFinished.class, end -> end.getRunId().equals(run));
    }

    /** Question generation starts with a prompt, and the plans know it. */
    private void offered(String promptVersion) {
        probe.publish(
                "generation",
                GenerationConfigured.newBuilder()
                        .setPosition(StreamPosition.newBuilder()
                                .setStream("setup/generation")
                                .setRevision(++setups))
                        .addPrompts(
                                OfferedPrompt.newBuilder().setName("questions").setVersion(promptVersion))
                        .addTeachers(
                                OfferedTeacher.newBuilder().setName("scripted").setLabel("scripted"))
                        .setDefaultTeacher("scripted")
                        .build());
        Eventually.get(
                () -> asked(Map.of("dataset", dataset)).extract().<String>path("promptVersion"), promptVersion::equals);
    }

    private void taught(int documents) {
        String run = "generate-" + corpus;
        probe.publish(
                run,
                GenerationStarted.newBuilder()
                        .setRunId(run)
                        .setTeacher("scripted")
                        .build());
        probe.publish(
                run,
                GenerationFinished.newBuilder()
                        .setRunId(run)
                        .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                        .setCounts(GenerationCounts.newBuilder()
                                .setDocumentsTotal(documents + 20)
                                .setDocumentsDone(documents + 20)
                                .setDocumentsReused(20)
                                .setTeacherCalls(200)
                                .setTokensIn(1001)
                                .setTokensOut(500)
                                .setCost("0.5"))
                        .build());
        Eventually.get(() -> asked(Map.of("dataset", dataset)).extract().path("pairsEstimate"), found -> found != null);
    }

    private void registered() {
        probe.publish(
                corpus + ":1",
                VersionRegistered.newBuilder()
                        .setVersion(ModelVersion.newBuilder().setModel(corpus).setVersion(1))
                        .setDataset(dataset)
                        .setDatasetVersion(1)
                        .build());
        facts.document(9, "v2", "第九篇。");
        Eventually.get(
                () -> asked(Map.of("dataset", dataset)).extract().path("models.size()"), Integer.valueOf(1)::equals);
        facts.document(9, "v1", "第9篇。");
    }
}
