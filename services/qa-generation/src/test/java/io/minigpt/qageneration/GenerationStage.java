package io.minigpt.qageneration;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.ScriptedEndpoint;
import io.minigpt.proto.corpus.v1.DocumentImported;
import io.minigpt.proto.corpus.v1.DocumentRetracted;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.proto.generation.v1.NamedDocuments;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.proto.generation.v1.PairRetracted;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A corpus of its own, the other services and the teacher that a test plays. */
abstract class GenerationStage {

    static final String FIVE = "太阳是太阳系中心的恒星。月球是地球的天然卫星。火星是第四颗行星。水是无色的液体。铁是常见的金属。";

    @ConfigProperty(name = EndpointPort.PORT)
    int port;

    final String corpus = "c-" + UUID.randomUUID().toString().substring(0, 8);
    EventProbe probe;
    final SentenceTeacher teacher = new SentenceTeacher();
    ScriptedEndpoint endpoint;
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

    void imported(String name, long sequence, String text) {
        publish(document(name, sequence).setText(text));
    }

    void publish(DocumentImported.Builder document) {
        String version = document.hasTextFile() ? document.getTextFile().getSha256() : document.getText();
        // replies are kept by version: one test's must not serve another
        document.setDocumentVersion(corpus + "-" + version.hashCode());
        probe.publish(document.getDocumentId(), document.build());
    }

    DocumentImported.Builder document(String name, long sequence) {
        return DocumentImported.newBuilder()
                .setPosition(nextPosition())
                .setCorpus(corpus)
                .setDocumentId(corpus + "-" + name)
                .setSequence(sequence)
                .setExternalId(name);
    }

    void retracted(String name) {
        publish(retraction(name));
    }

    void erased(String name) {
        publish(retraction(name).setErased(true));
    }

    private DocumentRetracted.Builder retraction(String name) {
        return DocumentRetracted.newBuilder()
                .setPosition(nextPosition())
                .setCorpus(corpus)
                .setDocumentId(corpus + "-" + name)
                .setReason("test");
    }

    private void publish(DocumentRetracted.Builder fact) {
        probe.publish(fact.getDocumentId(), fact.build());
    }

    StreamPosition nextPosition() {
        return StreamPosition.newBuilder()
                .setStream("corpus/" + corpus)
                .setRevision(++revision)
                .build();
    }

    String requested(String teacher, long corpusRevision) {
        String runId = UUID.randomUUID().toString();
        probe.publish(runId, command(runId, teacher, corpusRevision));
        return runId;
    }

    /** Asks about these documents alone. */
    String requestedOf(List<String> documents, long corpusRevision) {
        String runId = UUID.randomUUID().toString();
        probe.publish(
                runId,
                command(runId, "scripted", corpusRevision).toBuilder()
                        .setDocuments(NamedDocuments.newBuilder().addAllIds(documents))
                        .build());
        return runId;
    }

    GenerationRequested command(String runId, String teacher, long corpusRevision) {
        return GenerationRequested.newBuilder()
                .setRunId(runId)
                .setCorpus(corpus)
                .setTeacher(teacher)
                .setInput(StreamRevision.newBuilder()
                        .setStream("corpus/" + corpus)
                        .setRevision(corpusRevision))
                .build();
    }

    GenerationFinished finished(String runId) {
        return probe.await(GenerationFinished.class, event -> event.getRunId().equals(runId))
                .data();
    }

    List<PairGenerated> generated(int count) {
        return probe.awaitCount(PairGenerated.class, pair -> pair.getCorpus().equals(corpus), count).stream()
                .map(Event::data)
                .toList();
    }

    List<PairRetracted> takenBack(int count) {
        return probe.awaitCount(PairRetracted.class, pair -> pair.getCorpus().equals(corpus), count).stream()
                .map(Event::data)
                .toList();
    }
}
