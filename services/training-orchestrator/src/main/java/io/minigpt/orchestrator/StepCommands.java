package io.minigpt.orchestrator;

import com.google.protobuf.Message;
import io.minigpt.proto.augmentation.v1.AugmentationRequested;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.FreezeRequested;
import io.minigpt.proto.dataset.v1.RegenerationPlan;
import io.minigpt.proto.dataset.v1.RegenerationPlanRequested;
import io.minigpt.proto.dataset.v1.Selection;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.proto.generation.v1.NamedDocuments;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.Stage;
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
                        StepCancellations.of(step.name(), id, cancelled.why());
                    default -> Optional.empty();
                };
        return message.map(command -> new Command(id, command)).stream();
    }

    private static Optional<Message> request(PipelineRun run, StepName name, String id) {
        return switch (name) {
            case PLAN -> Optional.of(plan(run, id));
            case GENERATE -> Optional.of(generation(run, id));
            case AUGMENT -> Optional.of(augmentation(run, id));
            case FREEZE_PRETRAINING -> Optional.of(pretrainingFreeze(run, id));
            case FREEZE_SFT -> Optional.of(sftFreeze(run, id));
            case PRETRAIN -> Optional.of(pretraining(run, id));
            case FINE_TUNE -> Optional.of(fineTuning(run, id));
            case EVALUATE_BASE ->
                Optional.of(evaluation(run, id, StepName.PRETRAIN, StepName.FREEZE_PRETRAINING, StepName.DEPLOY_BASE));
            case EVALUATE -> Optional.of(evaluation(run, id, StepName.FINE_TUNE, StepName.FREEZE_SFT, StepName.DEPLOY));
            case DEPLOY_BASE, DEPLOY -> Optional.empty();
        };
    }

    private static RegenerationPlanRequested plan(PipelineRun run, String id) {
        Regeneration regeneration = run.spec().regeneration().orElseThrow();
        return RegenerationPlanRequested.newBuilder()
                .setRunId(id)
                .setDataset(sftDataset(run))
                .setCorpus(run.spec().corpus())
                .addInputs(corpus(run))
                .addAllDocumentIds(regeneration.documentIds())
                .setPrompt(regeneration.prompt())
                .setTeacher(regeneration.teacher())
                .build();
    }

    private static GenerationRequested generation(PipelineRun run, String id) {
        GenerationRequested.Builder command = GenerationRequested.newBuilder()
                .setRunId(id)
                .setCorpus(run.spec().corpus())
                .setInput(corpus(run))
                .setTeacher(run.spec().teacher());
        if (run.has(StepName.PLAN)) {
            RegenerationPlan plan = run.step(StepName.PLAN).output(RegenerationPlan.class);
            command.setPrompt(plan.getPrompt()).setTeacher(plan.getTeacher());
            if (!plan.getWholeCorpus()) {
                command.setDocuments(NamedDocuments.newBuilder().addAllIds(plan.getDocumentIdsList()));
            }
        }
        return command.build();
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
        return freeze(run, id, sftDataset(run), DatasetKind.DATASET_KIND_SFT)
                .addInputs(run.step(StepName.GENERATE).output(StreamRevision.class))
                .addInputs(run.step(StepName.AUGMENT).output(StreamRevision.class))
                .setSelection(Selection.newBuilder()
                        .setMaxGenerated(run.spec().maxGenerated())
                        .setCuratedRepeat(run.spec().curatedRepeat())
                        .setTemplate(run.spec().template())
                        .addAllEvaluationSets(run.spec().evaluationSets()))
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
                .setReason(run.spec()
                        .regeneration()
                        .map(Regeneration::reason)
                        .filter(reason -> !reason.isEmpty())
                        .orElse("pipeline " + run.spec().name()));
    }

    private static String sftDataset(PipelineRun run) {
        return run.spec().name() + "-sft";
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
                .setBase(run.spec()
                        .regeneration()
                        .map(regeneration -> regeneration.base().orElseThrow())
                        .orElseGet(() -> run.step(StepName.PRETRAIN).output(ModelVersion.class)))
                .setTrainingConfiguration(run.spec().sftConfiguration().toString())
                .build();
    }

    private static EvaluationRequested evaluation(
            PipelineRun run, String id, StepName training, StepName freeze, StepName deployment) {
        return EvaluationRequested.newBuilder()
                .setRunId(id)
                .setVersion(run.step(training).output(ModelVersion.class))
                .setDataset(run.step(freeze).output(DatasetVersion.class))
                .setPromoteAlias(run.has(deployment) ? run.spec().alias() : "")
                .build();
    }

    /** State of the corpus that a step waits for: that of the plan, which may have seen more than was asked for. */
    private static StreamRevision corpus(PipelineRun run) {
        Optional<StreamRevision> planned = run.has(StepName.PLAN)
                ? run.step(StepName.PLAN)
                        .output()
                        .map(RegenerationPlan.class::cast)
                        .map(RegenerationPlan::getCorpus)
                : Optional.empty();
        return planned.orElseGet(() -> StreamRevision.newBuilder()
                .setStream("corpus/" + run.spec().corpus())
                .setRevision(run.spec().corpusRevision())
                .build());
    }
}
