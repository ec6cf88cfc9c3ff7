package io.minigpt.augmentation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.KeptText;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.augmentation.v1.AugmentationFinished;
import io.minigpt.proto.augmentation.v1.AugmentationRequested;
import io.minigpt.proto.augmentation.v1.AugmentationStarted;
import io.minigpt.proto.augmentation.v1.Source;
import io.minigpt.proto.augmentation.v1.VariantGenerated;
import io.minigpt.proto.augmentation.v1.VariantRetracted;
import io.minigpt.proto.corpus.v1.QuestionRetracted;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.teacher.EditDistance;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AugmentationIT extends AugmentationStage {

    @Inject
    Database database;

    @Test
    void everyQuestionGetsItsVariants() {
        QUESTIONS.forEach(this::question);

        AugmentationFinished finished = run("run-" + corpus);

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(finished.getCounts().getPairsTotal()).isEqualTo(3);
        assertThat(finished.getCounts().getPairsDone()).isEqualTo(3);
        assertThat(finished.getCounts().getTeacherCalls()).isEqualTo(3);
        long variants = finished.getCounts().getVariantsAccepted();
        assertThat(finished.getOutput().getStream()).isEqualTo("augmentation/" + corpus);
        assertThat(finished.getOutput().getRevision()).isEqualTo(variants);
        assertThat(finished.getPublishedMap()).isEqualTo(Map.of("io.minigpt.augmentation.pair.generated.v1", variants));
        List<Event<VariantGenerated>> facts =
                probe.awaitCount(VariantGenerated.class, this::ofThisCorpus, (int) variants);
        Set<Long> numbers = new HashSet<>();
        Set<String> questions = new HashSet<>();
        for (Event<VariantGenerated> fact : facts) {
            VariantGenerated variant = fact.data();
            String original =
                    QUESTIONS.get(Integer.parseInt(variant.getParentId().replaceAll(".*-", "")));
            assertThat(variant.getFamilyId()).isEqualTo(variant.getParentId());
            assertThat(variant.getParentSource()).isEqualTo(Source.SOURCE_CURATED);
            assertThat(variant.getAnswer()).isEqualTo("答案。");
            assertThat(EditDistance.between(variant.getQuestion(), original))
                    .isBetween(1, 4)
                    .isEqualTo(variant.getEditDistance());
            numbers.add(variant.getPosition().getRevision());
            questions.add(variant.getQuestion());
        }
        assertThat(numbers).hasSize((int) variants).allMatch(number -> number >= 1 && number <= variants);
        assertThat(questions).hasSize((int) variants);
        assertThat(probe.all(
                        AugmentationStarted.class,
                        started -> started.getCorpus().equals(corpus)))
                .hasSize(1);
        given().get("/api/augmentation/runs/run-" + corpus)
                .then()
                .body("state", equalTo("succeeded"))
                .body("questions.total", equalTo(3))
                .body("variants.accepted", equalTo((int) variants))
                .body("teacherCalls", equalTo(3));
        given().get("/api/augmentation/runs").then().body("items.id", hasItem("run-" + corpus));
    }

    @Test
    void aSecondRunAsksNothing() {
        QUESTIONS.forEach(this::question);
        AugmentationFinished first = run("a-" + corpus);

        AugmentationFinished second = run("b-" + corpus);

        assertThat(second.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(second.getCounts().getTeacherCalls()).isZero();
        assertThat(second.getCounts().getPairsReused()).isEqualTo(3);
        assertThat(second.getCounts().getVariantsAccepted())
                .isEqualTo(first.getCounts().getVariantsAccepted());
        assertThat(second.getPublishedMap()).isEmpty();
        assertThat(second.getOutput()).isEqualTo(first.getOutput());
    }

    @Test
    void variantsOfAChangedOrRetractedQuestionAreTakenBack() {
        question(1, QUESTIONS.get(1));
        question(2, QUESTIONS.get(2));
        run("a-" + corpus);
        probe.publish(
                id(2),
                QuestionRetracted.newBuilder()
                        .setPosition(next())
                        .setCorpus(corpus)
                        .setQuestionId(id(2))
                        .build());
        question(1, "太阳由哪些元素组成？");

        AugmentationFinished finished = run("b-" + corpus);

        assertThat(finished.getCounts().getPairsTotal()).isEqualTo(1);
        assertThat(finished.getCounts().getTeacherCalls()).isEqualTo(1);
        List<String> before =
                ids(VariantGenerated.class, variant -> variant.getRunId().equals("a-" + corpus));
        List<Event<VariantRetracted>> retracted = probe.awaitCount(
                VariantRetracted.class, fact -> fact.getCorpus().equals(corpus), before.size());
        assertThat(retracted).extracting(Event::subject).containsExactlyInAnyOrderElementsOf(before);
        assertThat(retracted)
                .allSatisfy(fact -> assertThat(fact.data().getPosition().getSupersededList())
                        .hasSize(1));
    }

    @Test
    void nothingThatAnErasedQuestionSaidIsKept() {
        question(1, "乌有乡在什么地方？");
        run("a-" + corpus);
        assertThat(KeptText.tables(database, "乌有乡")).contains("parent", "variant", "teacher_call");

        probe.publish(
                id(1),
                QuestionRetracted.newBuilder()
                        .setPosition(next())
                        .setCorpus(corpus)
                        .setQuestionId(id(1))
                        .setErased(true)
                        .build());

        Eventually.get(() -> KeptText.tables(database, "乌有乡"), List::isEmpty);
        question(1, "乌有乡在什么地方？");
        assertThat(run("b-" + corpus).getCounts().getTeacherCalls()).isEqualTo(1);
    }

    @Test
    void generatedPairsAreVariedOnRequest() {
        String pair = corpus + "-pair";
        probe.publish(
                pair,
                PairGenerated.newBuilder()
                        .setPosition(StreamPosition.newBuilder()
                                .setStream("generation/" + corpus)
                                .setRevision(1))
                        .setCorpus(corpus)
                        .setPairId(pair)
                        .setDocumentId("document")
                        .setDocumentSequence(1)
                        .setQuestion("火星为什么看上去是红色的？")
                        .setAnswer("答案。")
                        .build());
        probe.publish(
                "run-" + corpus,
                AugmentationRequested.newBuilder()
                        .setRunId("run-" + corpus)
                        .setCorpus(corpus)
                        .addInputs(StreamRevision.newBuilder()
                                .setStream("generation/" + corpus)
                                .setRevision(1))
                        .addSources(Source.SOURCE_GENERATED)
                        .setVariants(2)
                        .build());

        assertThat(finished("run-" + corpus).getCounts().getVariantsAccepted()).isEqualTo(2);
        assertThat(probe.awaitCount(VariantGenerated.class, this::ofThisCorpus, 2))
                .allSatisfy(variant -> {
                    assertThat(variant.data().getParentSource()).isEqualTo(Source.SOURCE_GENERATED);
                    assertThat(variant.data().getFamilyId()).isEqualTo("document");
                });
    }

    @Test
    void bothRecipesStandSideBySide() {
        QUESTIONS.forEach(this::question);
        AugmentationFinished questions = run("a-" + corpus);
        probe.publish(
                "b-" + corpus,
                AugmentationRequested.newBuilder()
                        .setRunId("b-" + corpus)
                        .setCorpus(corpus)
                        .addRecipes("question")
                        .addRecipes("pair")
                        .setVariants(10)
                        .build());

        AugmentationFinished both = finished("b-" + corpus);

        long before = questions.getCounts().getVariantsAccepted();
        long after = both.getCounts().getVariantsAccepted();
        // the questions' replies are there
        assertThat(both.getCounts().getTeacherCalls()).isEqualTo(3);
        assertThat(after).isGreaterThan(before);
        assertThat(both.getPublishedMap())
                .isEqualTo(Map.of("io.minigpt.augmentation.pair.generated.v1", after - before));
        assertThat(probe.awaitCount(
                        VariantGenerated.class, variant -> variant.getRunId().equals("b-" + corpus), (int)
                                (after - before)))
                .allSatisfy(variant -> {
                    assertThat(variant.data().getRecipe()).isEqualTo("pair");
                    assertThat(variant.data().getAnswer()).isNotEqualTo("答案。");
                    assertThat(variant.data().getFamilyId())
                            .isEqualTo(variant.data().getParentId());
                });
        assertThat(run("c-" + corpus).getCounts().getPairsReused()).isEqualTo(3);
    }
}
