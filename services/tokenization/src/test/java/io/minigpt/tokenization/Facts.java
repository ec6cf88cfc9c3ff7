package io.minigpt.tokenization;

import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.proto.augmentation.v1.Source;
import io.minigpt.proto.augmentation.v1.VariantGenerated;
import io.minigpt.proto.augmentation.v1.VariantRetracted;
import io.minigpt.proto.corpus.v1.DocumentImported;
import io.minigpt.proto.corpus.v1.DocumentRetracted;
import io.minigpt.proto.corpus.v1.QuestionImported;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.proto.registry.v1.VersionRegistered;
import io.minigpt.proto.training.v1.ModelVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The services before this one, in its tests: publishes facts about one corpus with their numbers. */
final class Facts {

    private final EventProbe probe;
    private final String corpus;
    private final Map<String, Long> revisions = new HashMap<>();

    Facts(EventProbe probe, String corpus) {
        this.probe = probe;
        this.corpus = corpus;
    }

    String documentId(int sequence) {
        return corpus + "-document-" + sequence;
    }

    String questionId(int sequence) {
        return corpus + "-question-" + sequence;
    }

    void document(int sequence, String version, String text) {
        document(next("corpus"), sequence, version, text);
    }

    void document(StreamPosition position, int sequence, String version, String text) {
        probe.publish(
                documentId(sequence),
                DocumentImported.newBuilder()
                        .setPosition(position)
                        .setCorpus(corpus)
                        .setDocumentId(documentId(sequence))
                        .setDocumentVersion(version)
                        .setSequence(sequence)
                        .setExternalId("d" + sequence)
                        .setText(text)
                        .setCharacters(text.codePointCount(0, text.length()))
                        .build());
    }

    void documentInFile(int sequence, String version, Artifact text) {
        probe.publish(
                documentId(sequence),
                DocumentImported.newBuilder()
                        .setPosition(next("corpus"))
                        .setCorpus(corpus)
                        .setDocumentId(documentId(sequence))
                        .setDocumentVersion(version)
                        .setSequence(sequence)
                        .setTextFile(text)
                        .build());
    }

    void retractDocument(int sequence) {
        retractDocument(sequence, false);
    }

    void eraseDocument(int sequence) {
        retractDocument(sequence, true);
    }

    private void retractDocument(int sequence, boolean erased) {
        probe.publish(
                documentId(sequence),
                DocumentRetracted.newBuilder()
                        .setPosition(next("corpus"))
                        .setCorpus(corpus)
                        .setDocumentId(documentId(sequence))
                        .setErased(erased)
                        .build());
    }

    void question(int sequence, String question, String answer) {
        probe.publish(
                questionId(sequence),
                QuestionImported.newBuilder()
                        .setPosition(next("corpus"))
                        .setCorpus(corpus)
                        .setQuestionId(questionId(sequence))
                        .setSequence(sequence)
                        .setQuestion(question)
                        .setAnswer(answer)
                        .build());
    }

    void pair(int document, String version, int ordinal, String question, String answer) {
        String id = documentId(document) + "-" + version + "-pair-" + ordinal;
        probe.publish(
                id,
                PairGenerated.newBuilder()
                        .setPosition(next("generation"))
                        .setCorpus(corpus)
                        .setPairId(id)
                        .setDocumentId(documentId(document))
                        .setDocumentVersion(version)
                        .setDocumentSequence(document)
                        .setOrdinal(ordinal)
                        .setEnd(10)
                        .setQuestion(question)
                        .setAnswer(answer)
                        .setPromptVersion("prompt-1")
                        .setTeacher("scripted")
                        .build());
    }

    void variant(int question, int ordinal, String wording, String answer) {
        String id = questionId(question) + "-variant-" + ordinal;
        probe.publish(
                id,
                VariantGenerated.newBuilder()
                        .setPosition(next("augmentation"))
                        .setCorpus(corpus)
                        .setPairId(id)
                        .setParentId(questionId(question))
                        .setParentSource(Source.SOURCE_CURATED)
                        .setFamilyId(questionId(question))
                        .setOrdinal(ordinal)
                        .setQuestion(wording)
                        .setAnswer(answer)
                        .setRecipe("question")
                        .setTeacher("scripted")
                        .build());
    }

    void model(String model, int version, String dataset, int datasetVersion, String base, int baseVersion) {
        probe.publish(
                model + ":" + version,
                VersionRegistered.newBuilder()
                        .setVersion(ModelVersion.newBuilder().setModel(model).setVersion(version))
                        .setDataset(dataset)
                        .setDatasetVersion(datasetVersion)
                        .setBaseModel(base)
                        .setBaseVersion(baseVersion)
                        .build());
    }

    void retractVariant(int question, int ordinal) {
        String id = questionId(question) + "-variant-" + ordinal;
        probe.publish(
                id,
                VariantRetracted.newBuilder()
                        .setPosition(next("augmentation"))
                        .setCorpus(corpus)
                        .setPairId(id)
                        .build());
    }

    /** The next number of a stream, for a fact that is published by the caller or never. */
    StreamPosition next(String stream) {
        return StreamPosition.newBuilder()
                .setStream(stream + "/" + corpus)
                .setRevision(revisions.merge(stream, 1L, Long::sum))
                .build();
    }

    /** Everything numbered so far. */
    List<StreamRevision> inputs() {
        return revisions.entrySet().stream()
                .map(entry -> StreamRevision.newBuilder()
                        .setStream(entry.getKey() + "/" + corpus)
                        .setRevision(entry.getValue())
                        .build())
                .toList();
    }
}
