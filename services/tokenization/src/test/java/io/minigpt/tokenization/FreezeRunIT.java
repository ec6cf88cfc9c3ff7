package io.minigpt.tokenization;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.equalTo;

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
import io.minigpt.proto.dataset.v1.FreezeRequested;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.tokenization.jobs.FreezeQueue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Freezes that wait, are asked for twice, fail, are cancelled or are repeated. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class FreezeRunIT extends FreezeStage {

    @Inject
    ArtifactStore artifacts;

    @Inject
    Database database;

    @Inject
    FreezeQueue queue;

    @Inject
    TokenizationConfig config;

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
}
