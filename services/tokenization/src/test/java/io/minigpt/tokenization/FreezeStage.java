package io.minigpt.tokenization;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.DatasetVersionSealed;
import io.minigpt.proto.dataset.v1.FreezeFinished;
import io.minigpt.proto.dataset.v1.FreezeRequested;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.StreamRevision;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A corpus of its own for a test, its facts, and who has them frozen. */
abstract class FreezeStage {

    final EventProbe probe = new EventProbe();
    String corpus;
    Facts facts;
    Freezing freezing;

    @BeforeEach
    void corpusOfItsOwn(TestInfo test) {
        corpus = test.getTestMethod().orElseThrow().getName().toLowerCase();
        facts = new Facts(probe, corpus);
        freezing = new Freezing(probe, corpus, facts);
    }

    @AfterEach
    void close() {
        probe.close();
    }

    FreezeFinished freeze(String run, DatasetKind kind) {
        return freeze(run, corpus, kind);
    }

    FreezeFinished freeze(String run, String name, DatasetKind kind) {
        request(run, name, kind, facts.inputs());
        return finished(run);
    }

    Event<FreezeRequested> request(String run, String name, DatasetKind kind, List<StreamRevision> inputs) {
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

    FreezeFinished finished(String run) {
        return probe.await(FreezeFinished.class, event -> event.getRunId().equals(run))
                .data();
    }

    boolean ofThisCorpus(DatasetVersionSealed sealed) {
        return sealed.getVersion().getName().equals(corpus);
    }

    static Artifact file(DatasetVersion version, String name) {
        return version.getFilesList().stream()
                .filter(file -> file.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
