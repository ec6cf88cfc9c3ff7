package io.minigpt.augmentation;

import com.google.protobuf.Message;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.proto.augmentation.v1.AugmentationFinished;
import io.minigpt.proto.augmentation.v1.AugmentationRequested;
import io.minigpt.proto.augmentation.v1.VariantGenerated;
import io.minigpt.proto.corpus.v1.QuestionImported;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.event.v1.StreamRevision;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A corpus for each test, and runs over it. */
abstract class AugmentationStage {

    static final Map<Integer, String> QUESTIONS = Map.of(1, "太阳主要由哪些元素组成？", 2, "火星为什么看上去是红色的？", 3, "第一个踏上月球的人是谁？");

    final EventProbe probe = new EventProbe();
    String corpus;
    long revision;

    @BeforeEach
    void corpusOfItsOwn(TestInfo test) {
        corpus = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    }

    @AfterEach
    void close() {
        probe.close();
    }

    AugmentationFinished run(String id) {
        request(id);
        return finished(id);
    }

    Event<AugmentationRequested> request(String id) {
        return probe.publish(
                id,
                AugmentationRequested.newBuilder()
                        .setRunId(id)
                        .setCorpus(corpus)
                        .addInputs(StreamRevision.newBuilder()
                                .setStream("corpus/" + corpus)
                                .setRevision(revision))
                        .build());
    }

    AugmentationFinished finished(String id) {
        return probe.await(AugmentationFinished.class, event -> event.getRunId().equals(id))
                .data();
    }

    void question(int sequence, String question) {
        question(next(), sequence, question);
    }

    void question(StreamPosition position, int sequence, String question) {
        probe.publish(
                id(sequence),
                QuestionImported.newBuilder()
                        .setPosition(position)
                        .setCorpus(corpus)
                        .setQuestionId(id(sequence))
                        .setSequence(sequence)
                        .setQuestion(question)
                        .setAnswer("答案。")
                        .build());
    }

    String id(int sequence) {
        return corpus + "-" + sequence;
    }

    StreamPosition next() {
        return StreamPosition.newBuilder()
                .setStream("corpus/" + corpus)
                .setRevision(++revision)
                .build();
    }

    boolean ofThisCorpus(VariantGenerated variant) {
        return variant.getCorpus().equals(corpus);
    }

    <M extends Message> List<String> ids(Class<M> type, Predicate<M> wanted) {
        return probe.all(type, wanted).stream().map(Event::subject).sorted().toList();
    }
}
