package io.minigpt.tokenization;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.minigpt.platform.Ids;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.DatasetVersionSealed;
import io.minigpt.proto.dataset.v1.FreezeCancellationRequested;
import io.minigpt.proto.dataset.v1.FreezeFinished;
import io.minigpt.proto.dataset.v1.FreezeProgressed;
import io.minigpt.proto.dataset.v1.FreezeRequested;
import io.minigpt.proto.dataset.v1.FreezeStarted;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.tokenization.jobs.FreezeQueue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class FreezeIT extends FreezeStage {

    @Inject
    ArtifactStore artifacts;

    @Inject
    Database database;

    @Inject
    FreezeQueue queue;

    @Inject
    TokenizationConfig config;

    @Test
    void pairsBecomeASealedVersion() throws IOException {
        // a child before its parent
        facts.pair(1, "v1", 0, "月球是什么？", "月球是卫星。");
        for (int i = 0; i < 10; i++) {
            facts.variant(1, i, "太阳由什么组成" + i + "？", "氢和氦。");
        }
        facts.document(1, "v1", "月球是地球的卫星。");
        facts.question(1, "太阳由什么组成？", "氢和氦。");

        FreezeFinished finished = freeze("run-" + corpus, DatasetKind.DATASET_KIND_SFT);

        assertThat(finished.getReason()).isEmpty();
        DatasetVersion version = finished.getVersion();
        assertThat(version.getName()).isEqualTo(corpus);
        assertThat(version.getVersion()).isEqualTo(1);
        assertThat(version.getParentVersion()).isZero();
        assertThat(version.getRecordsByKindMap())
                .containsOnly(Map.entry("curated", 1L), Map.entry("generated", 1L), Map.entry("variant", 10L));
        assertThat(version.getFilesList())
                .extracting(Artifact::getName)
                .contains(
                        "manifest.json",
                        "train.bin",
                        "val.bin",
                        "train.index",
                        "val.index",
                        "records.jsonl.zst",
                        "evaluation/curated.jsonl",
                        "evaluation/trained.jsonl",
                        "evaluation/unseen.jsonl");
        assertThat(file(version, "train.bin").getBytes()).isEqualTo(2 * version.getTrainTokens());
        assertThat(text(version, "evaluation/curated.jsonl"))
                .isEqualTo("{\"id\":\"" + facts.questionId(1)
                        + "\",\"question\":\"太阳由什么组成？\",\"answer\":\"氢和氦。\",\"label\":\"trained\"}\n");
        assertThat(text(version, "manifest.json")).contains("\"runId\":\"run-" + corpus + "\"", version.getIdentity());

        DatasetVersionSealed sealed =
                probe.await(DatasetVersionSealed.class, this::ofThisCorpus).data();
        assertThat(sealed.getVersion()).isEqualTo(version);
        assertThat(sealed.getInputsList()).containsExactlyInAnyOrderElementsOf(facts.inputs());
        assertThat(probe.all(FreezeStarted.class, started -> started.getName().equals(corpus)))
                .singleElement()
                .satisfies(
                        started -> assertThat(started.data().getRecordsTotal()).isEqualTo(12));
        assertThat(probe.all(FreezeProgressed.class, event -> event.getRunId().equals("run-" + corpus)))
                .last()
                .satisfies(
                        progress -> assertThat(progress.data().getRecordsDone()).isEqualTo(12));
    }

    @Test
    void equalRecordsAreNoNewVersion() {
        facts.document(1, "v1", "海水是咸的。");
        facts.document(2, "v1", "糖是甜的。");
        facts.document(3, "v1", "冰是冷的。");
        DatasetVersion first =
                freeze("a-" + corpus, DatasetKind.DATASET_KIND_PRETRAINING).getVersion();

        DatasetVersion again =
                freeze("b-" + corpus, DatasetKind.DATASET_KIND_PRETRAINING).getVersion();
        facts.document(3, "v2", "冰是很冷的。");
        DatasetVersion changed =
                freeze("c-" + corpus, DatasetKind.DATASET_KIND_PRETRAINING).getVersion();

        assertThat(again).isEqualTo(first);
        assertThat(changed.getVersion()).isEqualTo(2);
        assertThat(changed.getParentVersion()).isEqualTo(1);
        assertThat(changed.getIdentity()).isNotEqualTo(first.getIdentity());
        assertThat(probe.all(DatasetVersionSealed.class, this::ofThisCorpus)).hasSize(2);
        given().get("/api/datasets/" + corpus + "/versions")
                .then()
                .body("items.version", equalTo(List.of(2, 1)))
                .body("items[1].identity", equalTo(first.getIdentity()));
    }

    @Test
    void whatIsRetractedOrOutdatedIsLeftOut() {
        facts.document(1, "v2", "新的文章。");
        facts.document(2, "v1", "会消失。");
        facts.question(1, "留下吗？", "留下。");
        facts.variant(1, 0, "会留下吗？", "留下。");
        facts.variant(1, 1, "能留下吗？", "留下。");
        facts.pair(1, "v1", 0, "旧的吗？", "旧的。");
        facts.pair(1, "v2", 0, "新的吗？", "新的。");
        facts.pair(2, "v1", 0, "会消失吗？", "会。");
        facts.retractDocument(2);
        facts.retractVariant(1, 1);
        // the same facts once more, late
        facts.document(position(2), 2, "v1", "会消失。");

        DatasetVersion version =
                freeze("run-" + corpus, DatasetKind.DATASET_KIND_SFT).getVersion();

        assertThat(version.getRecordsByKindMap())
                .containsOnly(Map.entry("curated", 1L), Map.entry("generated", 1L), Map.entry("variant", 1L));
        DatasetVersion texts = freeze("texts-" + corpus, corpus + "-texts", DatasetKind.DATASET_KIND_PRETRAINING)
                .getVersion();
        assertThat(texts.getRecordsByKindMap()).containsOnly(Map.entry("document", 1L));
    }

    @Test
    void itWaitsForItsInputs() {
        facts.document(1, "v1", "第一篇。");
        StreamPosition missing = facts.next("corpus");
        facts.document(3, "v1", "第三篇。");
        request("run-" + corpus, corpus, DatasetKind.DATASET_KIND_PRETRAINING, facts.inputs());

        ValidatableResponse waiting = Eventually.get(
                () -> given().get("/api/datasets/runs/run-" + corpus).then(),
                answer -> answer.extract().statusCode() == 200
                        && answer.extract().<Integer>path("waitingFor[0].have") == 2);
        waiting.body("state", equalTo("waiting"))
                .body("waitingFor[0].stream", equalTo("corpus/" + corpus))
                .body("waitingFor[0].expected", equalTo(3));
        facts.document(missing, 2, "v1", "第二篇。");

        assertThat(finished("run-" + corpus).getVersion().getRecordsByKindMap()).containsEntry("document", 3L);
    }

    @Test
    void aFreezeThatDiedIsRepeatedWithTheSameBytes() throws IOException {
        facts.document(1, "v1", "山很高。");
        facts.document(2, "v1", "河很长。");
        DatasetVersion undisturbed =
                freeze("a-" + corpus, DatasetKind.DATASET_KIND_PRETRAINING).getVersion();
        String run = "b-" + corpus;
        // what a replica leaves that dies while it stores the files of its lease
        Path left = config.workFolder().resolve(Ids.of(run)).resolve("1");
        Files.createDirectories(left);
        Files.writeString(left.resolve("train.bin"), "half");
        String folder = "datasets/" + corpus + "-b/" + undisturbed.getIdentity().substring(0, 16);
        artifacts.put(folder + "/train.bin", artifacts.local(file(undisturbed, "train.bin")));
        Freeze freeze =
                new Freeze(run, corpus + "-b", Purpose.PRETRAINING, new Selection(corpus, 0, 1), List.of(), "", "");
        database.run(transaction -> {
            queue.submit(transaction, freeze, "", "");
            transaction.execute("""
                    update job set state = 'leased', lease = 1, owner = 'dead', lease_until = clock_timestamp()
                    where id = ?
                    """, run);
            transaction.execute("""
                    insert into dataset_record
                    select number, ?, 'train', 'trained', 0, 0, 0, 1, 0, '' from freeze_run where run_id = ?
                    """, corpus + "-half", run);
        });

        DatasetVersion version = finished(run).getVersion();

        assertThat(version.getVersion()).isEqualTo(1);
        assertThat(version.getIdentity()).isEqualTo(undisturbed.getIdentity());
        assertThat(version.getFilesList().subList(1, version.getFilesCount()))
                .extracting(Artifact::getName, Artifact::getSha256)
                .containsExactlyElementsOf(undisturbed.getFilesList().subList(1, undisturbed.getFilesCount()).stream()
                        .map(file -> tuple(file.getName(), file.getSha256()))
                        .toList());
        assertThat(left).doesNotExist();
        long halfWritten = database.read(transaction -> transaction
                .createQuery("select count(*) from dataset_record where record_id = :id")
                .bind("id", corpus + "-half")
                .mapTo(Long.class)
                .one());
        assertThat(halfWritten).isZero();
        assertThat(probe.all(
                        DatasetVersionSealed.class,
                        event -> event.getVersion().getName().equals(corpus + "-b")))
                .hasSize(1);
    }

    @Test
    void anEmptyCorpusFailsWithAReason() {
        FreezeFinished finished = freeze("run-" + corpus, DatasetKind.DATASET_KIND_SFT);

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(finished.getReason())
                .startsWith("corpus '" + corpus + "' has no active question-answer pair for the training split")
                .endsWith("; import some first");
        given().get("/api/datasets/runs/run-" + corpus).then().body("state", equalTo("failed"));
    }

    @Test
    void aWaitingFreezeCanBeCancelled() {
        facts.next("corpus");
        request("run-" + corpus, corpus, DatasetKind.DATASET_KIND_PRETRAINING, facts.inputs());
        probe.publish(
                "run-" + corpus,
                FreezeCancellationRequested.newBuilder()
                        .setRunId("run-" + corpus)
                        .setReason("not needed")
                        .build());

        FreezeFinished finished = finished("run-" + corpus);

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_CANCELLED);
        assertThat(finished.getReason()).isEqualTo("not needed");
    }

    @Test
    void askingTwiceFreezesOnce() {
        facts.document(1, "v1", "一次。");
        Event<FreezeRequested> command =
                request("run-" + corpus, corpus, DatasetKind.DATASET_KIND_PRETRAINING, facts.inputs());
        probe.publish(command);
        request("run-" + corpus, corpus, DatasetKind.DATASET_KIND_PRETRAINING, facts.inputs());
        finished("run-" + corpus);
        // behind the three in the same partition
        request("run-" + corpus + "-last", corpus + "-last", DatasetKind.DATASET_KIND_SFT, List.of());
        finished("run-" + corpus + "-last");

        assertThat(probe.all(FreezeFinished.class, event -> event.getRunId().equals("run-" + corpus)))
                .hasSize(1);
    }

    @Test
    void aBadCommandFailsItsRun() {
        request("run-" + corpus, "Not A Name", DatasetKind.DATASET_KIND_SFT, List.of());

        assertThat(finished("run-" + corpus).getReason()).contains("dataset name 'Not A Name'");
    }

    @Test
    void aDatasetKeepsItsKind() {
        facts.document(1, "v1", "文章。");
        facts.question(1, "问题？", "答案。");
        freeze("a-" + corpus, DatasetKind.DATASET_KIND_PRETRAINING);

        assertThat(freeze("b-" + corpus, DatasetKind.DATASET_KIND_SFT).getReason())
                .isEqualTo("dataset '" + corpus + "' is for pretraining, not for sft; choose another name");
    }

    @Test
    void versionsAreFrozenAndReadByRest() {
        facts.document(1, "v1", "你好");
        facts.document(2, "v1", "hello world");
        String name = corpus;
        String location = given().contentType("application/json")
                .body("""
                        {"kind": "pretraining", "corpus": "%1$s", "reason": "by hand",
                         "inputs": [{"stream": "corpus/%1$s", "revision": 2}]}
                        """.formatted(corpus))
                .post("/api/datasets/" + name + "/versions")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");

        Eventually.get(() -> given().get(location).jsonPath().getString("state"), "succeeded"::equals);

        ValidatableResponse version =
                given().get("/api/datasets/" + name + "/versions/1").then();
        version.statusCode(200)
                .body("kind", equalTo("pretraining"))
                .body("selection.corpus", equalTo(corpus))
                .body("recordsByKind.document", equalTo(2))
                .body("inputs.'corpus/" + corpus + "'", equalTo(2))
                .body("reason", equalTo("by hand"))
                .body("files.name", hasItem("evaluation/continuation.jsonl"));
        byte[] continuation = given().get("/api/datasets/" + name + "/versions/1/files/evaluation/continuation.jsonl")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertThat(new String(continuation, StandardCharsets.UTF_8)).contains("\"label\":\"trained\"");
        given().get("/api/datasets").then().body("items.name", hasItem(name));
        given().get("/api/datasets/" + name + "/versions/9")
                .then()
                .statusCode(404)
                .body("detail", equalTo("no version '" + name + ":9'"));
        given().get("/api/datasets/" + name + "/versions/1/files/none").then().statusCode(404);
        given().contentType("application/json")
                .body("{\"kind\":\"poems\",\"corpus\":\"x\"}")
                .post("/api/datasets/" + name + "/versions")
                .then()
                .statusCode(400)
                .body("detail", equalTo("kind 'poems' is not pretraining or sft"));
        given().contentType("application/json")
                .body("{\"kind\":\"sft\",\"corpus\":\"x\"}")
                .post("/api/datasets/" + name + "/versions")
                .then()
                .statusCode(409);
    }

    private FreezeFinished freeze(String run, DatasetKind kind) {
        return freeze(run, corpus, kind);
    }

    private FreezeFinished freeze(String run, String name, DatasetKind kind) {
        request(run, name, kind, facts.inputs());
        return finished(run);
    }

    private Event<FreezeRequested> request(String run, String name, DatasetKind kind, List<StreamRevision> inputs) {
        return probe.publish(
                run,
                FreezeRequested.newBuilder()
                        .setRunId(run)
                        .setName(name)
                        .setKind(kind)
                        .setCorpus(corpus)
                        .addAllInputs(inputs)
                        .setRequestedBy("test " + UUID.randomUUID())
                        .build());
    }

    private FreezeFinished finished(String run) {
        return probe.await(FreezeFinished.class, event -> event.getRunId().equals(run))
                .data();
    }

    private boolean ofThisCorpus(DatasetVersionSealed sealed) {
        return sealed.getVersion().getName().equals(corpus);
    }

    private StreamPosition position(long revision) {
        return StreamPosition.newBuilder()
                .setStream("corpus/" + corpus)
                .setRevision(revision)
                .build();
    }

    private static Artifact file(DatasetVersion version, String name) {
        return version.getFilesList().stream()
                .filter(file -> file.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String text(DatasetVersion version, String name) throws IOException {
        try (InputStream in = artifacts.open(file(version, name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
