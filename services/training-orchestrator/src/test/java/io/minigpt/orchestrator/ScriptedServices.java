package io.minigpt.orchestrator;

import com.google.protobuf.Message;
import io.minigpt.proto.augmentation.v1.AugmentationCounts;
import io.minigpt.proto.augmentation.v1.AugmentationFinished;
import io.minigpt.proto.augmentation.v1.AugmentationProgressed;
import io.minigpt.proto.augmentation.v1.AugmentationRequested;
import io.minigpt.proto.augmentation.v1.AugmentationStarted;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.FreezeFinished;
import io.minigpt.proto.dataset.v1.FreezeProgressed;
import io.minigpt.proto.dataset.v1.FreezeRequested;
import io.minigpt.proto.dataset.v1.FreezeStarted;
import io.minigpt.proto.dataset.v1.RegenerationPlan;
import io.minigpt.proto.dataset.v1.RegenerationPlanFinished;
import io.minigpt.proto.dataset.v1.RegenerationPlanRequested;
import io.minigpt.proto.dataset.v1.TeacherEstimate;
import io.minigpt.proto.dataset.v1.TouchedModel;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationCounts;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.GenerationProgressed;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.proto.generation.v1.GenerationStarted;
import io.minigpt.proto.inference.v1.ModelDeployed;
import io.minigpt.proto.registry.v1.AliasSet;
import io.minigpt.proto.registry.v1.PromotionDecided;
import io.minigpt.proto.registry.v1.VersionRegistered;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.EvaluationProgressed;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.EvaluationStarted;
import io.minigpt.proto.training.v1.Metric;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.proto.training.v1.TrainingStarted;
import java.util.List;
import java.util.stream.Stream;

/** The other services as they answer when everything goes well. */
public final class ScriptedServices {

    /** A message with its key. */
    public record Said(String key, Message message) {}

    private static final int STEPS = 20;

    private ScriptedServices() {}

    /** What a command leads to, in the order of its making. */
    public static List<Said> answers(Message command) {
        return switch (command) {
            case RegenerationPlanRequested c -> keyed(c.getRunId(), plan(c));
            case GenerationRequested c -> keyed(c.getRunId(), generation(c));
            case AugmentationRequested c -> keyed(c.getRunId(), augmentation(c));
            case FreezeRequested c -> keyed(c.getRunId(), freeze(c));
            case TrainingRequested c -> training(c);
            case EvaluationRequested c -> evaluation(c);
            default -> List.of();
        };
    }

    /** The version that a training run makes. */
    public static ModelVersion version(TrainingRequested command) {
        return ModelVersion.newBuilder()
                .setModel(command.getModel())
                .setVersion(3)
                .setStage(command.getStage())
                .addFiles(Artifact.newBuilder().setName("model.safetensors").setKey("runs/" + command.getRunId()))
                .build();
    }

    private static Stream<Message> plan(RegenerationPlanRequested c) {
        RegenerationPlan plan = RegenerationPlan.newBuilder()
                .setDataset(c.getDataset())
                .setParentVersion(6)
                .setCorpus(revision("corpus/" + c.getCorpus(), 15))
                .setPrompt("questions.zh")
                .setTeacher("extractive")
                .setDocuments(2)
                .addDocumentIds("d1")
                .addDocumentIds("d2")
                .setPairs(9)
                .setPairsEstimate(
                        TeacherEstimate.newBuilder().setMeasured(10).setCalls(3).setCost("0.02"))
                .addVersions(6)
                .addModels(TouchedModel.newBuilder()
                        .setModel("samples")
                        .setVersion(3)
                        .setDatasetVersion(6))
                .build();
        return Stream.of(RegenerationPlanFinished.newBuilder()
                .setRunId(c.getRunId())
                .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                .setPlan(plan)
                .build());
    }

    private static Stream<Message> generation(GenerationRequested c) {
        GenerationCounts half = GenerationCounts.newBuilder()
                .setDocumentsTotal(10)
                .setDocumentsDone(5)
                .setPairsAccepted(20)
                .build();
        GenerationCounts all = half.toBuilder()
                .setDocumentsDone(9)
                .setDocumentsFailed(1)
                .setPairsAccepted(41)
                .putPairsRejected("not grounded", 2)
                .setTeacherCalls(10)
                .build();
        return Stream.of(
                GenerationStarted.newBuilder()
                        .setRunId(c.getRunId())
                        .setTeacher("extractive-1")
                        .setCounts(GenerationCounts.newBuilder().setDocumentsTotal(10))
                        .build(),
                GenerationProgressed.newBuilder()
                        .setRunId(c.getRunId())
                        .setCounts(half)
                        .build(),
                GenerationFinished.newBuilder()
                        .setRunId(c.getRunId())
                        .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                        .setCounts(all)
                        .setOutput(revision("generation/" + c.getCorpus(), 41))
                        .build());
    }

    private static Stream<Message> augmentation(AugmentationRequested c) {
        AugmentationCounts all = AugmentationCounts.newBuilder()
                .setPairsTotal(6)
                .setPairsDone(6)
                .setVariantsAccepted(58)
                .setPairsShort(1)
                .build();
        return Stream.of(
                AugmentationStarted.newBuilder()
                        .setRunId(c.getRunId())
                        .setTeacher("extractive-1")
                        .build(),
                AugmentationProgressed.newBuilder()
                        .setRunId(c.getRunId())
                        .setCounts(
                                AugmentationCounts.newBuilder().setPairsTotal(6).setPairsDone(3))
                        .build(),
                AugmentationFinished.newBuilder()
                        .setRunId(c.getRunId())
                        .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                        .setCounts(all)
                        .setOutput(revision("augmentation/" + c.getCorpus(), 58))
                        .build());
    }

    private static Stream<Message> freeze(FreezeRequested c) {
        DatasetVersion version = DatasetVersion.newBuilder()
                .setName(c.getName())
                .setVersion(7)
                .setKind(c.getKind())
                .setCorpus(c.getCorpus())
                .setTrainRecords(90)
                .setValidationRecords(10)
                .setTrainTokens(9000)
                .setValidationTokens(1000)
                .putRecordsByKind("document", 100)
                .build();
        return Stream.of(
                FreezeStarted.newBuilder()
                        .setRunId(c.getRunId())
                        .setName(c.getName())
                        .setRecordsTotal(100)
                        .build(),
                FreezeProgressed.newBuilder()
                        .setRunId(c.getRunId())
                        .setRecordsTotal(100)
                        .setRecordsDone(50)
                        .build(),
                FreezeFinished.newBuilder()
                        .setRunId(c.getRunId())
                        .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                        .setVersion(version)
                        .build());
    }

    private static List<Said> training(TrainingRequested c) {
        Checkpoint best = Checkpoint.newBuilder()
                .setStep(15)
                .setValidationLoss(1.5)
                .setBitsPerByte(0.9)
                .addRoles("best-validation-loss")
                .setSelected(true)
                .build();
        Checkpoint last = Checkpoint.newBuilder()
                .setStep(STEPS)
                .setValidationLoss(1.75)
                .addRoles("last")
                .build();
        ModelVersion version = version(c);
        return List.of(
                new Said(
                        c.getRunId(),
                        TrainingStarted.newBuilder()
                                .setRunId(c.getRunId())
                                .setLease(1)
                                .setWorker("worker-1")
                                .setDevice("cpu")
                                .setMaxSteps(STEPS)
                                .build()),
                new Said(
                        c.getRunId(),
                        TrainingFinished.newBuilder()
                                .setRunId(c.getRunId())
                                .setLease(1)
                                .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                                .setStage(c.getStage())
                                .setModel(c.getModel())
                                .setDataset(c.getDataset())
                                .setBase(c.getBase())
                                .addCheckpoints(best)
                                .addCheckpoints(last)
                                .setModelConfiguration("{\"n_layer\":2}")
                                .setTrainingConfiguration(c.getTrainingConfiguration())
                                .setFirstTrainLoss(10.5)
                                .setLastTrainLoss(1.25)
                                .setTokensSeen(20_000)
                                .setDurationMillis(4_000)
                                .build()),
                new Said(
                        version.getModel() + ":2",
                        VersionRegistered.newBuilder()
                                .setVersion(version.toBuilder().setVersion(2))
                                .setRunId(c.getRunId())
                                .setCheckpoint(last)
                                .build()),
                new Said(
                        version.getModel() + ":3",
                        VersionRegistered.newBuilder()
                                .setVersion(version)
                                .setRunId(c.getRunId())
                                .setCheckpoint(best)
                                .build()));
    }

    private static List<Said> evaluation(EvaluationRequested c) {
        String model = c.getVersion().getModel();
        int version = c.getVersion().getVersion();
        return List.of(
                new Said(
                        c.getRunId(),
                        EvaluationStarted.newBuilder()
                                .setRunId(c.getRunId())
                                .setLease(1)
                                .setItemsTotal(8)
                                .build()),
                new Said(
                        c.getRunId(),
                        EvaluationProgressed.newBuilder()
                                .setRunId(c.getRunId())
                                .setItemsTotal(8)
                                .setItemsDone(4)
                                .build()),
                new Said(
                        c.getRunId(),
                        EvaluationFinished.newBuilder()
                                .setRunId(c.getRunId())
                                .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                                .setVersion(c.getVersion())
                                .addMetrics(Metric.newBuilder()
                                        .setSet("curated")
                                        .setName("rouge_l")
                                        .setValue(0.875)
                                        .setItems(8))
                                .setPromoteAlias(c.getPromoteAlias())
                                .build()),
                new Said(
                        model,
                        PromotionDecided.newBuilder()
                                .setRunId(c.getRunId())
                                .setModel(model)
                                .setVersion(version)
                                .setAlias(c.getPromoteAlias())
                                .setPromoted(true)
                                .build()),
                new Said(
                        model + "@" + c.getPromoteAlias(),
                        AliasSet.newBuilder()
                                .setModel(model)
                                .setAlias(c.getPromoteAlias())
                                .setRevision(1)
                                .setVersion(c.getVersion())
                                .build()),
                new Said(
                        model,
                        ModelDeployed.newBuilder()
                                .setModel(model)
                                .setVersion(version)
                                .setAlias(c.getPromoteAlias())
                                .setReplica("inference-1")
                                .build()));
    }

    private static List<Said> keyed(String key, Stream<Message> messages) {
        return messages.map(message -> new Said(key, message)).toList();
    }

    private static StreamRevision revision(String stream, long revision) {
        return StreamRevision.newBuilder()
                .setStream(stream)
                .setRevision(revision)
                .build();
    }
}
