package io.minigpt.qageneration;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.ArtifactWriter;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.ScriptedEndpoint;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.corpus.v1.DocumentImported;
import io.minigpt.proto.corpus.v1.DocumentRetracted;
import io.minigpt.proto.corpus.v1.QuestionImported;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationCancellationRequested;
import io.minigpt.proto.generation.v1.GenerationConfigured;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.proto.generation.v1.GenerationStarted;
import io.minigpt.proto.generation.v1.NamedDocuments;
import io.minigpt.proto.generation.v1.OfferedTeacher;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.proto.generation.v1.PairRetracted;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(EndpointPort.class)
class GenerationIT {

    private static final String SUN = "太阳是位于太阳系中心的一颗恒星，主要由氢和氦组成。太阳的能量来自核心的核聚变反应。";
    private static final String MOON = "月球是地球唯一的天然卫星，与地球的平均距离约为三十八万千米。月球自身不发光。";
    private static final String FIVE = "太阳是太阳系中心的恒星。月球是地球的天然卫星。火星是第四颗行星。水是无色的液体。铁是常见的金属。";

    @Inject
    Database database;

    @Inject
    ArtifactStore artifacts;

    @ConfigProperty(name = EndpointPort.PORT)
    int port;

    private final String corpus = "c-" + UUID.randomUUID().toString().substring(0, 8);
    private EventProbe probe;
    private final SentenceTeacher teacher = new SentenceTeacher();
    private ScriptedEndpoint endpoint;
    private long revision;

    @BeforeEach
    void open() {
        probe = new EventProbe();
        endpoint = new ScriptedEndpoint(port, teacher);
    }

    @AfterEach
    void close() {
        teacher.gate.countDown();
        endpoint.close();
        probe.close();
    }

    @Test
    void makesPairsWhenTheInputsHaveArrivedAndAsksNothingTheSecondTime() {
        imported("sun", 1, SUN);
        String first = requested("extractive", 2);
        Eventually.get(
                () -> given().get("/api/generation/runs/" + first).path("waitingFor[0].have"),
                have -> Integer.valueOf(1).equals(have));
        imported("moon", 2, MOON);

        GenerationFinished finished = finished(first);

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(finished.getCounts().getDocumentsTotal()).isEqualTo(2);
        assertThat(finished.getCounts().getDocumentsDone()).isEqualTo(2);
        assertThat(finished.getCounts().getTeacherCalls()).isEqualTo(2);
        long pairs = finished.getCounts().getPairsAccepted();
        assertThat(pairs).isPositive();
        List<PairGenerated> published = generated((int) pairs);
        assertThat(published.stream()
                        .map(pair -> pair.getPosition().getRevision())
                        .sorted())
                .isEqualTo(LongStream.rangeClosed(1, pairs).boxed().toList());
        assertThat(finished.getOutput().getStream()).isEqualTo("generation/" + corpus);
        assertThat(finished.getOutput().getRevision()).isEqualTo(pairs);
        assertThat(finished.getPublishedMap())
                .containsExactly(Map.entry("io.minigpt.generation.pair.generated.v1", pairs));
        assertThat(published).allSatisfy(pair -> {
            assertThat(pair.getQuestion()).endsWith("？");
            assertThat(pair.getTeacher()).startsWith("extractive/");
            assertThat(pair.getRunId()).isEqualTo(first);
            assertThat(pair.getTeacherCallId()).isNotEmpty();
        });
        given().get("/api/generation/pairs?documentId=" + corpus + "-sun")
                .then()
                .statusCode(200)
                .body("items[0].question", notNullValue())
                .body("items[0].documentSequence", equalTo(1));

        GenerationFinished again = finished(requested("extractive", 2));

        assertThat(again.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(again.getCounts().getDocumentsReused()).isEqualTo(2);
        assertThat(again.getCounts().getTeacherCalls()).isZero();
        assertThat(again.getCounts().getPairsAccepted()).isEqualTo(pairs);
        assertThat(again.getOutput()).isEqualTo(finished.getOutput());
        assertThat(again.getPublishedMap()).isEmpty();
        assertThat(generated((int) pairs)).hasSize((int) pairs);
    }

    @Test
    void aRetractedDocumentRetractsItsPairsAndItsReturnCostsNothing() {
        imported("a", 1, FIVE);
        finished(requested("scripted", 1));
        List<PairGenerated> before = generated(5);

        retracted("a");

        List<PairRetracted> gone = takenBack(5);
        assertThat(gone)
                .extracting(PairRetracted::getPairId)
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().map(PairGenerated::getPairId).toList());
        assertThat(gone)
                .allSatisfy(pair ->
                        assertThat(pair.getPosition().getSupersededList()).hasSize(1));
        imported("a", 1, FIVE);
        GenerationFinished finished = finished(requested("scripted", 3));
        assertThat(finished.getCounts().getTeacherCalls()).isZero();
        assertThat(finished.getCounts().getPairsAccepted()).isEqualTo(5);
        assertThat(finished.getOutput().getRevision()).isEqualTo(15);
        assertThat(generated(10).subList(0, 10))
                .filteredOn(pair -> pair.getPosition().getRevision() > 10)
                .hasSize(5)
                .allSatisfy(pair ->
                        assertThat(pair.getPosition().getSupersededList()).hasSize(2));
        assertThat(teacher.requests).hasValue(1);
    }

    @Test
    void aChangedTextRetractsThePairsOfTheOldOne() {
        imported("a", 1, FIVE);
        finished(requested("scripted", 1));

        imported("a", 1, FIVE.replace("铁", "铜"));

        takenBack(5);
        GenerationFinished finished = finished(requested("scripted", 2));
        assertThat(finished.getCounts().getTeacherCalls()).isEqualTo(1);
        given().get("/api/generation/pairs?state=active&corpus=" + corpus)
                .then()
                .body("items", hasSize(5))
                .body("items[4].question", equalTo("铜是什么？"));
    }

    @Test
    void ofAHundredDocumentsOneThatChangedIsAskedAboutAlone() {
        // Given a hundred documents with their pairs, and one whose text changes
        for (int i = 1; i <= 100; i++) {
            imported("d" + i, i, FIVE.replace("铁", "第" + i + "号铁"));
        }
        finished(requested("scripted", 100));
        int before = teacher.requests.get();
        imported("d7", 7, FIVE.replace("铁", "第7号铜"));

        // When a run names it, and another names none
        GenerationFinished finished = finished(requestedOf(List.of(corpus + "-d7"), 101));
        GenerationFinished none = finished(requestedOf(List.of(), 101));

        // Then the teacher was asked about one of the hundred, and the others keep their pairs
        assertThat(finished.getCounts().getDocumentsTotal()).isEqualTo(1);
        assertThat(finished.getCounts().getTeacherCalls()).isEqualTo(before / 100);
        assertThat(none.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(none.getCounts().getDocumentsTotal()).isZero();
        assertThat(none.getOutput()).isEqualTo(finished.getOutput());
        assertThat(teacher.requests).hasValue(before + before / 100);
    }

    @Test
    void tellsWhichPromptsAndTeachersThereAre() {
        GenerationConfigured setup =
                probe.await(GenerationConfigured.class, message -> true).data();

        assertThat(setup.getPromptsList())
                .singleElement()
                .satisfies(prompt -> assertThat(prompt.getName()).isEqualTo("questions.zh"));
        assertThat(setup.getTeachersList())
                .extracting(OfferedTeacher::getName)
                .containsExactly("extractive", "scripted");
        assertThat(setup.getTeachersList())
                .allSatisfy(offered -> assertThat(offered.getLabel()).startsWith(offered.getName() + "/"));
        assertThat(setup.getDefaultTeacher()).isEqualTo("extractive");
    }

    @Test
    void questionsOfTheCorpusCountAsArrived() {
        imported("a", 1, FIVE);
        probe.publish(
                corpus + "-q",
                QuestionImported.newBuilder()
                        .setPosition(nextPosition())
                        .setCorpus(corpus)
                        .setQuestionId(corpus + "-q")
                        .setQuestion("太阳是什么？")
                        .setAnswer("恒星。")
                        .build());

        GenerationFinished finished = finished(requested("scripted", 2));

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(finished.getCounts().getDocumentsTotal()).isEqualTo(1);
    }

    @Test
    void aCommandThatComesTwiceStartsOnce() {
        imported("a", 1, FIVE);
        String runId = UUID.randomUUID().toString();
        Event<GenerationRequested> command = probe.publish(runId, command(runId, "scripted", 1));
        probe.publish(command);
        probe.publish(runId, command.data());

        finished(runId);
        finished(requested("scripted", 1));

        assertThat(probe.all(GenerationStarted.class, event -> event.getRunId().equals(runId)))
                .hasSize(1);
        assertThat(probe.all(GenerationFinished.class, event -> event.getRunId().equals(runId)))
                .hasSize(1);
        assertThat(teacher.requests).hasValue(1);
    }

    @Test
    void aCancelledRunPublishesNothingMoreAndLosesNoReply() {
        imported("a", 1, FIVE);
        teacher.gate = new CountDownLatch(1);
        String runId = requested("scripted", 1);
        Eventually.get(teacher.requests::get, count -> count == 1);

        probe.publish(
                runId,
                GenerationCancellationRequested.newBuilder()
                        .setRunId(runId)
                        .setReason("enough")
                        .build());

        GenerationFinished finished = finished(runId);
        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_CANCELLED);
        assertThat(finished.getReason()).isEqualTo("enough");
        teacher.gate.countDown();
        GenerationFinished next = finished(requested("scripted", 1));
        assertThat(next.getCounts().getPairsAccepted()).isEqualTo(5);
        assertThat(generated(5)).allSatisfy(pair -> assertThat(pair.getRunId()).isEqualTo(next.getRunId()));
        assertThat(teacher.requests.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void aRunThatWaitsCanBeCancelledByHand() {
        String runId = requested("extractive", 99);
        Eventually.get(() -> given().get("/api/generation/runs/" + runId).path("state"), "waiting"::equals);

        given().post("/api/generation/runs/" + runId + "/cancel")
                .then()
                .statusCode(200)
                .body("state", equalTo("cancelled"))
                .body("reason", equalTo("cancelled by request"));

        assertThat(finished(runId).getOutcome()).isEqualTo(Outcome.OUTCOME_CANCELLED);
    }

    @Test
    void aReplicaThatLosesItsLeaseLeavesNoTrace() {
        imported("a", 1, FIVE);
        teacher.gate = new CountDownLatch(1);
        String runId = requested("scripted", 1);
        Eventually.get(teacher.requests::get, count -> count == 1);

        database.run(transaction -> transaction
                .createUpdate("update job set lease_until = clock_timestamp() - interval '1 second' where id like :id")
                .bind("id", runId + "/%")
                .execute());
        Eventually.get(teacher.requests::get, count -> count == 2);
        teacher.gate.countDown();

        GenerationFinished finished = finished(runId);
        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(finished.getCounts().getPairsAccepted()).isEqualTo(5);
        assertThat(finished.getCounts().getTeacherCalls()).isEqualTo(1);
        assertThat(finished.getOutput().getRevision()).isEqualTo(5);
        finished(requested("scripted", 1));
        assertThat(probe.all(PairGenerated.class, pair -> pair.getCorpus().equals(corpus)))
                .hasSize(5);
        assertThat(teacher.requests).hasValue(2);
    }

    @Test
    void whatATeacherCannotDoIsGivenUpWithItsReplies() {
        imported("a", 1, FIVE);
        teacher.lines = pairs -> pairs.size() == 5 ? pairs.subList(0, 2) : List.of("不知道");

        String runId = requested("scripted", 1);
        GenerationFinished finished = finished(runId);

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(finished.getCounts().getDocumentsFailed()).isEqualTo(1);
        assertThat(finished.getCounts().getPairsAccepted()).isEqualTo(2);
        assertThat(finished.getCounts().getTeacherCalls()).isEqualTo(4);
        assertThat(finished.getCounts().getTokensIn()).isEqualTo(480);
        given().get("/api/generation/dead-letters?runId=" + runId)
                .then()
                .body("items", hasSize(1))
                .body("items[0].reason", equalTo("2 of 5 pairs after 4 replies"))
                .body("items[0].replies", hasSize(4))
                .body("items[0].replies[3].text", equalTo("不知道"));
    }

    @Test
    void anEndpointThatRefusesTheKeyFailsTheRun() {
        imported("a", 1, FIVE);
        imported("b", 2, FIVE + "银是金属。");
        teacher.step = answer -> ScriptedEndpoint.fail(401, "no");

        GenerationFinished finished = finished(requested("scripted", 2));

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(finished.getReason()).contains("401").contains("key").doesNotContain("secret-key");
    }

    @Test
    void anUnknownTeacherOrPromptFailsTheRun() {
        imported("a", 1, FIVE);
        String runId = UUID.randomUUID().toString();
        GenerationRequested command = command(runId, "nobody", 1);
        probe.publish(runId, command);
        String other = UUID.randomUUID().toString();
        probe.publish(
                other,
                command.toBuilder()
                        .setRunId(other)
                        .setTeacher("")
                        .setPrompt("none")
                        .build());

        assertThat(finished(runId).getReason())
                .isEqualTo("no teacher 'nobody' is configured; configured are [extractive, scripted]");
        assertThat(finished(other).getReason()).isEqualTo("no prompt 'none'; there is questions.zh");
        assertThat(finished(other).getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
    }

    @Test
    void takesTheFirstDocumentsInTheOrderOfTheCorpusAndTextsThatAreFiles() throws IOException {
        imported("late", 7, FIVE.replace("铁", "铜"));
        byte[] text = FIVE.getBytes(StandardCharsets.UTF_8);
        Artifact file;
        try (ArtifactWriter writer = artifacts.create("test/" + corpus + ".txt")) {
            writer.write(text);
            file = writer.commit();
        }
        publish(document("early", 3).setTextFile(file));
        imported("latest", 9, FIVE.replace("铁", "锌"));
        String runId = UUID.randomUUID().toString();
        probe.publish(
                runId,
                command(runId, "scripted", 3).toBuilder().setMaxDocuments(2).build());

        GenerationFinished finished = finished(runId);

        assertThat(finished.getCounts().getDocumentsTotal()).isEqualTo(2);
        assertThat(generated(10).stream()
                        .map(PairGenerated::getDocumentSequence)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(3L, 7L);
    }

    @Test
    void aRequestThatMakesNoSenseEndsItsRun() {
        String runId = UUID.randomUUID().toString();
        probe.publish(
                runId,
                command(runId, "scripted", 1).toBuilder()
                        .setQuestionsPerSentence(99)
                        .build());
        String other = UUID.randomUUID().toString();
        probe.publish(
                other, command(other, "scripted", 1).toBuilder().setCorpus("").build());

        assertThat(finished(runId).getReason())
                .contains("questions_per_sentence")
                .contains("99");
        assertThat(finished(other).getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
    }

    @Test
    void aPausedRunMakesNoCallUntilItIsResumed() {
        imported("a", 1, FIVE);
        imported("b", 2, FIVE.replace("铁", "铜"));
        teacher.lines = pairs -> pairs.size() == 5 ? pairs.subList(0, 2) : pairs;
        teacher.gate = new CountDownLatch(1);
        String runId = requested("scripted", 2);
        Eventually.get(teacher.requests::get, count -> count == 2);

        given().post("/api/generation/runs/" + runId + "/pause").then().body("state", equalTo("paused"));
        teacher.gate.countDown();
        Eventually.get(
                () -> given().get("/api/generation/runs/" + runId).path("teaching.calls"),
                calls -> Integer.valueOf(2).equals(calls));
        Eventually.get(() -> queued(runId), count -> count == 2);
        assertThat(teacher.requests).hasValue(2);
        given().post("/api/generation/runs/" + runId + "/pause").then().statusCode(409);

        given().contentType("application/json")
                .post("/api/generation/runs/" + runId + "/resume")
                .then()
                .body("state", equalTo("running"));

        assertThat(finished(runId).getCounts().getPairsAccepted()).isEqualTo(10);
        assertThat(teacher.requests).hasValue(4);
    }

    @Test
    void aRunThatHasSpentWhatItMayIsPausedUntilItMayMore() {
        imported("a", 1, FIVE);
        teacher.lines = pairs -> pairs.subList(0, 1);
        String runId = UUID.randomUUID().toString();
        probe.publish(
                runId,
                command(runId, "scripted", 1).toBuilder().setMaxTokens(300).build());

        Eventually.get(() -> given().get("/api/generation/runs/" + runId).path("state"), "paused"::equals);
        given().get("/api/generation/runs/" + runId)
                .then()
                .body("reason", equalTo("its cap of 300 tokens is reached: 308 spent"))
                .body("teaching.calls", equalTo(2))
                .body("teaching.cost", equalTo(0.00376f))
                .body("teaching.maxTokens", equalTo(300));
        resume(runId, 308).then().statusCode(409).body("detail", containsString("give a higher maxTokens"));

        teacher.lines = UnaryOperator.identity();
        resume(runId, 10_000).then().statusCode(200);

        assertThat(finished(runId).getCounts().getPairsAccepted()).isEqualTo(5);
        assertThat(finished(runId).getCounts().getCost()).startsWith("0.00564");
        given().get("/api/generation/runs/" + runId)
                .then()
                .body("pairs.acceptanceRate", equalTo(1.0f))
                .body("teaching.meanLatencyMillis", notNullValue());
    }

    @Test
    void aTeacherThatIsAwayIsWaitedFor() {
        imported("a", 1, FIVE);
        endpoint.close();
        String runId = requested("scripted", 1);
        Eventually.get(
                () -> given().get("/api/generation/runs/" + runId).path("teacherPause.reason"),
                reason -> String.valueOf(reason).contains("cannot be reached"));

        endpoint = new ScriptedEndpoint(port, teacher);

        assertThat(finished(runId).getCounts().getPairsAccepted()).isEqualTo(5);
        given().get("/api/generation/runs/" + runId).then().body("documents.failed", equalTo(0));
    }

    @Test
    void onlyWhatIsNewSinceARunOrOneDocumentCanBeTaken() {
        imported("a", 1, FIVE);
        imported("b", 2, FIVE.replace("铁", "铜"));
        String first = requested("scripted", 2);
        finished(first);
        imported("c", 3, FIVE.replace("铁", "锌"));
        imported("a", 1, FIVE.replace("铁", "银"));

        String delta = UUID.randomUUID().toString();
        probe.publish(
                delta,
                command(delta, "scripted", 4).toBuilder().setSinceRunId(first).build());
        String named = UUID.randomUUID().toString();
        probe.publish(
                named,
                command(named, "scripted", 4).toBuilder()
                        .setDocumentId(corpus + "-b")
                        .setQuestionsPerSentence(1)
                        .build());

        assertThat(finished(delta).getCounts().getDocumentsTotal()).isEqualTo(2);
        assertThat(finished(named).getCounts().getDocumentsTotal()).isEqualTo(1);
        assertThat(finished(named).getCounts().getPairsAccepted()).isEqualTo(5);
        assertThat(finished(named).getCounts().getTeacherCalls()).isEqualTo(5);
    }

    @Test
    void whatAPersonDecidesStays() {
        imported("a", 1, FIVE);
        finished(requested("scripted", 1));
        List<PairGenerated> pairs = generated(5);
        String refused = id(pairs, "太阳是什么？");
        String edited = id(pairs, "水是什么？");

        given().post("/api/generation/pairs/" + refused + "/refuse?reason=wrong")
                .then()
                .body("state", equalTo("retracted"))
                .body("reason", equalTo("refused by a person: wrong"));
        given().contentType("application/json")
                .body(Map.of("question", "水是怎样的液体", "answer", "无色的液体。"))
                .put("/api/generation/pairs/" + edited)
                .then()
                .body("question", equalTo("水是怎样的液体？"))
                .body("asked", equalTo("水是什么？"));
        given().contentType("application/json")
                .body(Map.of("question", "水", "answer", "液体。"))
                .put("/api/generation/pairs/" + edited)
                .then()
                .statusCode(400)
                .body("detail", containsString("QUESTION_LENGTH"));

        assertThat(takenBack(1).getFirst().getPairId()).isEqualTo(refused);
        assertThat(generated(6)).anySatisfy(pair -> {
            assertThat(pair.getPairId()).isEqualTo(edited);
            assertThat(pair.getEdited()).isTrue();
            assertThat(pair.getQuestion()).isEqualTo("水是怎样的液体？");
        });
        // the same questions come again: with the document that returns, and from another prompt
        retracted("a");
        takenBack(5);
        imported("a", 1, FIVE);
        assertThat(finished(requested("scripted", 3)).getCounts().getPairsAccepted())
                .isEqualTo(4);
        String sentences = UUID.randomUUID().toString();
        probe.publish(
                sentences,
                command(sentences, "scripted", 3).toBuilder()
                        .setQuestionsPerSentence(1)
                        .build());
        finished(sentences);
        given().get("/api/generation/pairs?state=active&corpus=" + corpus)
                .then()
                .body("items.question", containsInAnyOrder("月球是什么？", "火星是什么？", "水是怎样的液体？", "铁是什么？"));

        given().post("/api/generation/pairs/" + refused + "/accept").then().body("state", equalTo("active"));
    }

    @Test
    void whatWasGivenUpIsAskedAgainOnRequest() {
        imported("a", 1, FIVE);
        teacher.lines = pairs -> pairs.size() == 5 ? pairs.subList(0, 2) : List.of("不知道");
        String runId = requested("scripted", 1);
        finished(runId);
        String letter =
                given().get("/api/generation/dead-letters?runId=" + runId).path("items[0].id");
        teacher.lines = UnaryOperator.identity();

        String replay = given().post("/api/generation/dead-letters/" + letter + "/replay")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        assertThat(finished(replay).getCounts().getPairsAccepted()).isEqualTo(5);
        assertThat(finished(replay).getCounts().getTeacherCalls()).isEqualTo(1);
        given().get("/api/generation/dead-letters/" + letter)
                .then()
                .body("replayRunId", equalTo(replay))
                .body("replies", hasSize(4));
        given().post("/api/generation/dead-letters/none/replay").then().statusCode(404);
    }

    @Test
    void runsAreStartedAndListedByHand() {
        imported("a", 1, FIVE);
        Eventually.get(
                () -> given().contentType("application/json")
                        .body(Map.of("corpus", corpus, "teacher", "scripted", "id", corpus))
                        .post("/api/generation/runs")
                        .statusCode(),
                status -> status == 202);

        assertThat(finished(corpus).getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);

        given().get("/api/generation/runs/" + corpus)
                .then()
                .body("state", equalTo("succeeded"))
                .body("documents.done", equalTo(1))
                .body("pairs.accepted", equalTo(5))
                .body("teaching.tokensOut", equalTo(34))
                .body("elapsedMillis", notNullValue());
        given().get("/api/generation/runs?limit=1")
                .then()
                .body("items", hasSize(1))
                .body("next", notNullValue());
        given().get("/api/generation/prompts")
                .then()
                .body("items.name", containsInAnyOrder("questions.zh", "sentences.zh"))
                .body("items.current", everyItem(equalTo(true)));
        given().contentType("application/json")
                .body("{\"corpus\": \"none\"}")
                .post("/api/generation/runs")
                .then()
                .statusCode(404);
        given().contentType("application/json")
                .body("{\"corpora\": \"x\"}")
                .post("/api/generation/runs")
                .then()
                .statusCode(400)
                .body("detail", containsString("unknown property 'corpora'"));
        given().get("/api/generation/runs/none").then().statusCode(404);
    }

    private static Response resume(String runId, long maxTokens) {
        return given().contentType("application/json")
                .body(Map.of("maxTokens", maxTokens))
                .post("/api/generation/runs/" + runId + "/resume");
    }

    private long queued(String runId) {
        return database.read(
                handle -> handle.createQuery("select count(*) from job where state = 'queued' and id like :id")
                        .bind("id", runId + "/%")
                        .mapTo(Long.class)
                        .one());
    }

    private static String id(List<PairGenerated> pairs, String question) {
        return pairs.stream()
                .filter(pair -> pair.getQuestion().equals(question))
                .findFirst()
                .orElseThrow()
                .getPairId();
    }

    private void imported(String name, long sequence, String text) {
        publish(document(name, sequence).setText(text));
    }

    private void publish(DocumentImported.Builder document) {
        String version = document.hasTextFile() ? document.getTextFile().getSha256() : document.getText();
        // replies are kept by version: one test's must not serve another
        document.setDocumentVersion(corpus + "-" + version.hashCode());
        probe.publish(document.getDocumentId(), document.build());
    }

    private DocumentImported.Builder document(String name, long sequence) {
        return DocumentImported.newBuilder()
                .setPosition(nextPosition())
                .setCorpus(corpus)
                .setDocumentId(corpus + "-" + name)
                .setSequence(sequence)
                .setExternalId(name);
    }

    private void retracted(String name) {
        DocumentRetracted fact = DocumentRetracted.newBuilder()
                .setPosition(nextPosition())
                .setCorpus(corpus)
                .setDocumentId(corpus + "-" + name)
                .setReason("test")
                .build();
        probe.publish(fact.getDocumentId(), fact);
    }

    private StreamPosition nextPosition() {
        return StreamPosition.newBuilder()
                .setStream("corpus/" + corpus)
                .setRevision(++revision)
                .build();
    }

    private String requested(String teacher, long corpusRevision) {
        String runId = UUID.randomUUID().toString();
        probe.publish(runId, command(runId, teacher, corpusRevision));
        return runId;
    }

    private String requestedOf(List<String> documents, long corpusRevision) {
        String runId = UUID.randomUUID().toString();
        probe.publish(
                runId,
                command(runId, "scripted", corpusRevision).toBuilder()
                        .setDocuments(NamedDocuments.newBuilder().addAllIds(documents))
                        .build());
        return runId;
    }

    private GenerationRequested command(String runId, String teacher, long corpusRevision) {
        return GenerationRequested.newBuilder()
                .setRunId(runId)
                .setCorpus(corpus)
                .setTeacher(teacher)
                .setInput(StreamRevision.newBuilder()
                        .setStream("corpus/" + corpus)
                        .setRevision(corpusRevision))
                .build();
    }

    private GenerationFinished finished(String runId) {
        return probe.await(GenerationFinished.class, event -> event.getRunId().equals(runId))
                .data();
    }

    private List<PairGenerated> generated(int count) {
        return probe.awaitCount(PairGenerated.class, pair -> pair.getCorpus().equals(corpus), count).stream()
                .map(Event::data)
                .toList();
    }

    private List<PairRetracted> takenBack(int count) {
        return probe.awaitCount(PairRetracted.class, pair -> pair.getCorpus().equals(corpus), count).stream()
                .map(Event::data)
                .toList();
    }
}
