package io.minigpt.qageneration;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.ArtifactWriter;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.KeptText;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.corpus.v1.QuestionImported;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.generation.v1.GenerationConfigured;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.OfferedTeacher;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.proto.generation.v1.PairRetracted;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which documents become which pairs. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(EndpointPort.class)
class GenerationIT extends GenerationStage {

    private static final String SUN = "太阳是位于太阳系中心的一颗恒星，主要由氢和氦组成。太阳的能量来自核心的核聚变反应。";
    private static final String MOON = "月球是地球唯一的天然卫星，与地球的平均距离约为三十八万千米。月球自身不发光。";

    /** Named by no other test. */
    private static final String RARE = "锕是放射性的金属。钫是少见的碱金属。镤是天然的元素。镅是人造的元素。锔是银白的金属。";

    @Inject
    ArtifactStore artifacts;

    @Inject
    Database database;

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
    void nothingThatAnErasedDocumentSaidIsKept() {
        publish(document("a", 1).setTitle("禁书").setText(RARE));
        finished(requested("scripted", 1));
        String pair = generated(5).getFirst().getPairId();
        given().post("/api/generation/pairs/" + pair + "/refuse?reason=wrong");
        assertThat(KeptText.tables(database, "锕")).contains("document", "pair", "teacher_call");

        erased("a");

        assertThat(takenBack(6)).filteredOn(PairRetracted::getErased).hasSize(5);
        for (String said : List.of("锕", "钫", "禁书")) {
            Eventually.get(() -> KeptText.tables(database, said), List::isEmpty);
        }
        // the same text again is asked about again
        imported("a", 1, RARE);
        GenerationFinished finished = finished(requested("scripted", 3));
        assertThat(finished.getCounts().getTeacherCalls()).isEqualTo(1);
        assertThat(finished.getCounts().getPairsAccepted()).isEqualTo(5);
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

    private static String id(List<PairGenerated> pairs, String question) {
        return pairs.stream()
                .filter(pair -> pair.getQuestion().equals(question))
                .findFirst()
                .orElseThrow()
                .getPairId();
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
}
