package io.minigpt.orchestrator;

import com.google.protobuf.Message;
import io.minigpt.proto.augmentation.v1.AugmentationCancellationRequested;
import io.minigpt.proto.augmentation.v1.AugmentationRequested;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.FreezeCancellationRequested;
import io.minigpt.proto.dataset.v1.FreezeRequested;
import io.minigpt.proto.dataset.v1.Selection;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationCancellationRequested;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.Stage;
import io.minigpt.proto.training.v1.TrainingCancellationRequested;
import io.minigpt.proto.training.v1.TrainingRequested;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands that start and stop the steps of a run. */
public final class StepCommands {

    private StepCommands() {}

    /** A command with the run id that is its key. */
    public record Command(String runId, Message message) {}

    /** The commands that follow from the transitions of a run since it was read, in their order. */
    public static List<Command> following(PipelineRun run) {
        return run.transitions().stream()
                .flatMap(transition -> following(run, transition))
                .toList();
    }

    private static Stream<Command> following(PipelineRun run, Transition transition) {
        if (transition.step().isEmpty()) {
            return Stream.empty();
        }
        Step step = transition.step().get();
        String id = new StepRun(run.id(), step.name(), step.attempt()).id();
        Optional<Message> message =
                switch (transition.to()) {
                    case RunState.Running _ -> request(run, step.name(), id);
                    case RunState.Cancelled cancelled
                    when transition.from() instanceof RunState.Running ->
                        cancellation(step.name(), id, cancelled.why());
                    default -> Optional.empty();
                };
        return message.map(command -> new Command(id, command)).stream();
    }

    private static Optional<Message> request(PipelineRun run, StepName name, String id) {
        return switch (name) {
            case GENERATE -> Optional.of(generation(run, id));
            case AUGMENT -> Optional.of(augmentation(run, id));
            case FREEZE_PRETRAINING -> Optional.of(pretrainingFreeze(run, id));
            case FREEZE_SFT -> Optional.of(sftFreeze(run, id));
            case PRETRAIN -> Optional.of(pretraining(run, id));
            case FINE_TUNE -> Optional.of(fineTuning(run, id));
            case EVALUATE_BASE -> Optional.of(evaluation(run, id, StepName.PRETRAIN, StepName.FREEZE_PRETRAINING));
            case EVALUATE -> Optional.of(evaluation(run, id, StepName.FINE_TUNE, StepName.FREEZE_SFT));
            case DEPLOY_BASE, DEPLOY -> Optional.empty();
        };
    }

    private static Optional<Message> cancellation(StepName name, String id, String reason) {
        return switch (name) {
            case GENERATE ->
                Optional.of(GenerationCancellationRequested.newBuilder()
                        .setRunId(id)
                        .setReason(reason)
                        .build());
            case AUGMENT ->
                Optional.of(AugmentationCancellationRequested.newBuilder()
                        .setRunId(id)
                        .setReason(reason)
                        .build());
            case FREEZE_PRETRAINING, FREEZE_SFT ->
                Optional.of(FreezeCancellationRequested.newBuilder()
                        .setRunId(id)
                        .setReason(reason)
                        .build());
            case PRETRAIN, FINE_TUNE, EVALUATE_BASE, EVALUATE ->
                Optional.of(TrainingCancellationRequested.newBuilder()
                        .setRunId(id)
                        .setReason(reason)
                        .build());
            case DEPLOY_BASE, DEPLOY -> Optional.empty();
        };
    }

    private static GenerationRequested generation(PipelineRun run, String id) {
        return GenerationRequested.newBuilder()
                .setRunId(id)
                .setCorpus(run.spec().corpus())
                .setInput(corpus(run))
                .setTeacher(run.spec().teacher())
                .build();
    }

    private static AugmentationRequested augmentation(PipelineRun run, String id) {
        return AugmentationRequested.newBuilder()
                .setRunId(id)
                .setCorpus(run.spec().corpus())
                .addInputs(corpus(run))
                .setTeacher(run.spec().teacher())
                .build();
    }

    private static FreezeRequested pretrainingFreeze(PipelineRun run, String id) {
        return freeze(run, id, run.spec().name() + "-pretraining", DatasetKind.DATASET_KIND_PRETRAINING)
                .build();
    }

    private static FreezeRequested sftFreeze(PipelineRun run, String id) {
        return freeze(run, id, run.spec().name() + "-sft", DatasetKind.DATASET_KIND_SFT)
                .addInputs(run.step(StepName.GENERATE).output(StreamRevision.class))
                .addInputs(run.step(StepName.AUGMENT).output(StreamRevision.class))
                .setSelection(Selection.newBuilder()
                        .setMaxGenerated(run.spec().maxGenerated())
                        .setCuratedRepeat(run.spec().curatedRepeat()))
                .build();
    }

    private static FreezeRequested.Builder freeze(PipelineRun run, String id, String dataset, DatasetKind kind) {
        return FreezeRequested.newBuilder()
                .setRunId(id)
                .setName(dataset)
                .setKind(kind)
                .setCorpus(run.spec().corpus())
                .addInputs(corpus(run))
                .setRequestedBy("pipeline " + run.id())
                .setReason("pipeline " + run.spec().name());
    }

    private static TrainingRequested pretraining(PipelineRun run, String id) {
        return TrainingRequested.newBuilder()
                .setRunId(id)
                .setStage(Stage.STAGE_PRETRAIN)
                .setModel(run.spec().baseModel())
                .setDataset(run.step(StepName.FREEZE_PRETRAINING).output(DatasetVersion.class))
                .setModelConfiguration(run.spec().modelConfiguration().toString())
                .setTrainingConfiguration(run.spec().pretrainingConfiguration().toString())
                .build();
    }

    private static TrainingRequested fineTuning(PipelineRun run, String id) {
        return TrainingRequested.newBuilder()
                .setRunId(id)
                .setStage(Stage.STAGE_SFT)
                .setModel(run.spec().model())
                .setDataset(run.step(StepName.FREEZE_SFT).output(DatasetVersion.class))
                .setBase(run.step(StepName.PRETRAIN).output(ModelVersion.class))
                .setTrainingConfiguration(run.spec().sftConfiguration().toString())
                .build();
    }

    private static EvaluationRequested evaluation(PipelineRun run, String id, StepName training, StepName freeze) {
        return EvaluationRequested.newBuilder()
                .setRunId(id)
                .setVersion(run.step(training).output(ModelVersion.class))
                .setDataset(run.step(freeze).output(DatasetVersion.class))
                .setPromoteAlias(run.spec().alias())
                .build();
    }

    private static StreamRevision corpus(PipelineRun run) {
        return StreamRevision.newBuilder()
                .setStream("corpus/" + run.spec().corpus())
                .setRevision(run.spec().corpusRevision())
                .build();
    }
}
