package io.minigpt.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.Message;
import io.minigpt.orchestrator.ScriptedServices.Said;
import io.minigpt.proto.augmentation.v1.AugmentationCancellationRequested;
import io.minigpt.proto.dataset.v1.FreezeRequested;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.generation.v1.GenerationCancellationRequested;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.proto.inference.v1.DeploymentFailed;
import io.minigpt.proto.inference.v1.ModelDeployed;
import io.minigpt.proto.pipeline.v1.PipelineFinished;
import io.minigpt.proto.pipeline.v1.PipelineStarted;
import io.minigpt.proto.registry.v1.AliasSet;
import io.minigpt.proto.registry.v1.PromotionDecided;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.TrainingCancellationRequested;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.proto.training.v1.TrainingStarted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PipelineRunTest {

    private static final PipelineSpec SPEC = new PipelineSpec(
            "samples",
            "news",
            12,
            "",
            "demo",
            "demo-pretrain",
            "demo-sft",
            JsonNodeFactory.instance.objectNode().put("n_layer", 2),
            JsonNodeFactory.instance.objectNode().put("max_iters", 20),
            JsonNodeFactory.instance.objectNode().put("max_iters", 30),
            100,
            3,
            "plain",
            List.of("exam", "drill"),
            "champion",
            Optional.empty());

    private static final Function<Message, List<Said>> GOOD = ScriptedServices::answers;

    @Test
    void anyOrderAndDuplicatesEndAlike() {
        // Given the run that heard everything in one order
        Delivery first = new Delivery(SPEC, 0, GOOD).all();

        for (int seed = 1; seed <= 300; seed++) {
            // When another hears it in another order, some of it twice
            Delivery other = new Delivery(SPEC, seed, GOOD).all();

            // Then it ends in the same state, after the same commands, each once
            assertThat(other.run).as("seed %d", seed).isEqualTo(first.run);
            assertThat(other.commands)
                    .as("seed %d", seed)
                    .hasSize(8)
                    .containsExactlyInAnyOrderElementsOf(first.commands);
        }
        assertThat(first.run.state()).isEqualTo(new RunState.Succeeded(Delivery.TIME, Delivery.TIME));
        assertThat(first.run.step(StepName.FINE_TUNE).figures().details())
                .containsEntry("model", "samples")
                .containsEntry("version", 3)
                .containsEntry("firstLoss", 10.5)
                .containsEntry("validationLoss", 1.5)
                .containsEntry("tokensPerSecond", 5000.0);
        assertThat(first.run.step(StepName.GENERATE).figures())
                .isEqualTo(new Figures(
                        10,
                        10,
                        Map.of(
                                "pairs", 41L,
                                "rejected", Map.of("not grounded", 2L),
                                "reused", 0L,
                                "failed", 1L,
                                "teacherCalls", 10L,
                                "teacher", "extractive-1")));
    }

    @Test
    void tellsOfItsStartAndItsEndOnce() {
        Delivery delivery = new Delivery(SPEC, 7, GOOD).all();

        assertThat(delivery.events.getFirst()).isInstanceOf(PipelineStarted.class);
        assertThat(delivery.events.stream().filter(PipelineFinished.class::isInstance))
                .singleElement()
                .isEqualTo(delivery.events.getLast());
        PipelineFinished finished = (PipelineFinished) delivery.events.getLast();
        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(finished.getBaseVersion()).isEqualTo(3);
        assertThat(finished.getVersion()).isEqualTo(3);
    }

    @Test
    void asksForEachStepWithWhatEarlierStepsMade() {
        Delivery delivery = new Delivery(SPEC, 3, GOOD).all();

        FreezeRequested sft = delivery.commands(FreezeRequested.class).stream()
                .filter(freeze -> freeze.getName().equals("samples-sft"))
                .findFirst()
                .orElseThrow();
        assertThat(sft.getInputsList())
                .extracting(input -> input.getStream() + "@" + input.getRevision())
                .containsExactly("corpus/news@12", "generation/news@41", "augmentation/news@58");
        assertThat(sft.getSelection().getCuratedRepeat()).isEqualTo(3);
        assertThat(sft.getSelection().getTemplate()).isEqualTo("plain");
        assertThat(sft.getSelection().getEvaluationSetsList()).containsExactly("drill", "exam");
        TrainingRequested fineTuning =
                delivery.commands(TrainingRequested.class).getLast();
        assertThat(fineTuning.getRunId()).isEqualTo("run-fine-tune-1");
        assertThat(fineTuning.getBase().getModel()).isEqualTo("samples-base");
        assertThat(fineTuning.getDataset().getName()).isEqualTo("samples-sft");
        assertThat(fineTuning.getTrainingConfiguration()).isEqualTo("{\"max_iters\":30}");
        assertThat(fineTuning.getModelConfiguration()).isEmpty();
        assertThat(delivery.commands(EvaluationRequested.class))
                .extracting(evaluation -> evaluation.getDataset().getName() + " " + evaluation.getPromoteAlias())
                .containsExactlyInAnyOrder("samples-pretraining champion", "samples-sft champion");
    }

    @Test
    void startsOnlyWhatNeedsNothing() {
        Delivery delivery = new Delivery(SPEC, 1, command -> List.of());

        assertThat(delivery.commands)
                .extracting(command -> command.getClass().getSimpleName())
                .containsExactly("GenerationRequested", "AugmentationRequested", "FreezeRequested");
    }

    @Test
    void aFailedStepFailsTheRunAndStopsTheOthers() {
        // Given a run whose first three steps are under way
        Delivery delivery = new Delivery(SPEC, 1, command -> List.of());

        // When one fails
        delivery.deliver(failed("run-generate-1", "the teacher does not answer"));

        // Then the run has failed with step and reason, and the other two are told to stop
        assertThat(delivery.run.state().reason()).contains("generate: the teacher does not answer");
        assertThat(delivery.run.step(StepName.AUGMENT).state()).isInstanceOf(RunState.Cancelled.class);
        assertThat(delivery.run.step(StepName.PRETRAIN).state()).isInstanceOf(RunState.Pending.class);
        assertThat(delivery.commands(AugmentationCancellationRequested.class)).hasSize(1);
        assertThat(delivery.commands(GenerationCancellationRequested.class)).isEmpty();
        assertThat(delivery.events.getLast()).isInstanceOf(PipelineFinished.class);
    }

    @Test
    void aStoppedStepOfARunningPipelineIsAFailure() {
        Delivery delivery = new Delivery(SPEC, 1, command -> List.of());

        delivery.deliver(GenerationFinished.newBuilder()
                .setRunId("run-generate-1")
                .setOutcome(Outcome.OUTCOME_CANCELLED)
                .setReason("by hand")
                .build());

        assertThat(delivery.run.state().reason()).contains("generate: was cancelled: by hand");
    }

    @Test
    void goesOnFromTheFailedStepWithItsNextAttempt() {
        // Given a run whose fine-tuning failed
        Delivery delivery = new Delivery(SPEC, 5, without("run-fine-tune-1", GOOD)).all();
        delivery.deliver(TrainingFinished.newBuilder()
                .setRunId("run-fine-tune-1")
                .setOutcome(Outcome.OUTCOME_FAILED)
                .setReason("out of memory")
                .build());
        assertThat(delivery.run.state()).isInstanceOf(RunState.Failed.class);

        // When it is retried
        delivery.retry();
        delivery.all();

        // Then only that step is done again, and the run succeeds
        assertThat(delivery.run.state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(delivery.commands(TrainingRequested.class))
                .extracting(TrainingRequested::getRunId)
                .containsExactly("run-pretrain-1", "run-fine-tune-1", "run-fine-tune-2");
        assertThat(delivery.commands(GenerationRequested.class)).hasSize(1);
        assertThat(delivery.run.step(StepName.FINE_TUNE).attempt()).isEqualTo(2);
    }

    @Test
    void anOlderAttemptChangesNothing() {
        // Given a run at its second attempt
        Delivery delivery = new Delivery(SPEC, 1, command -> List.of());
        delivery.deliver(failed("run-generate-1", "no answer"));
        delivery.retry();
        PipelineRun before = delivery.run;

        // When the first one reports again
        delivery.deliver(failed("run-generate-1", "no answer"));
        delivery.deliver(GenerationFinished.newBuilder()
                .setRunId("run-generate-1")
                .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                .build());

        // Then nothing has changed
        assertThat(delivery.run).isEqualTo(before);
        assertThat(before.step(StepName.GENERATE).attempt()).isEqualTo(2);
    }

    @Test
    void cancelStopsEverything() {
        // Given a run in pretraining
        Delivery delivery = new Delivery(SPEC, 5, GOOD).until(TrainingStarted.class);

        // When it is cancelled and everything under way still arrives
        delivery.cancel();
        PipelineRun cancelled = delivery.run;
        delivery.all();

        // Then the worker was told, and the run stays as it was
        assertThat(delivery.commands(TrainingCancellationRequested.class)).isNotEmpty();
        assertThat(delivery.run).isEqualTo(cancelled);
        assertThat(cancelled.state()).isInstanceOf(RunState.Cancelled.class);
        assertThat(cancelled.steps().values()).allMatch(step -> step.state().ended());
        assertThatThrownBy(delivery::cancel)
                .isInstanceOf(IllegalTransitionException.class)
                .hasMessage("a run that is cancelled cannot be cancelled");
        assertThatThrownBy(delivery::retry).isInstanceOf(IllegalTransitionException.class);
    }

    @Test
    void aDeclinedPromotionEndsTheDeployment() {
        // Given a registry that declines
        Delivery delivery = new Delivery(
                        SPEC,
                        2,
                        answering(
                                GOOD,
                                said -> !(said instanceof AliasSet) && !(said instanceof ModelDeployed),
                                said -> said instanceof PromotionDecided decided
                                        ? decided.toBuilder()
                                                .setPromoted(false)
                                                .setReason("0.70 is below 0.80")
                                                .build()
                                        : said))
                .all();

        // Then the run succeeds without having deployed
        assertThat(delivery.run.state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(delivery.run.step(StepName.DEPLOY).figures().details())
                .containsEntry("promoted", false)
                .containsEntry("declined", "0.70 is below 0.80");
    }

    @Test
    void aFailedDeploymentIsLookedAtAgain() {
        // Given a run whose model cannot be loaded
        Message failure = DeploymentFailed.newBuilder()
                .setModel("samples")
                .setVersion(3)
                .setReason("not enough memory")
                .build();
        Delivery delivery = new Delivery(
                        SPEC,
                        4,
                        answering(
                                GOOD,
                                said -> true,
                                said -> said instanceof ModelDeployed d
                                                && d.getModel().equals("samples")
                                        ? failure
                                        : said))
                .all();
        assertThat(delivery.run.state().reason()).contains("deploy: not enough memory");

        // When it is retried before and after inference could load it
        delivery.retry();
        RunState before = delivery.run.state();
        delivery.deliver(
                ModelDeployed.newBuilder().setModel("samples").setVersion(3).build());
        delivery.retry();

        // Then only the second one succeeds, and nothing was done twice
        assertThat(before.reason()).contains("deploy: not enough memory");
        assertThat(delivery.run.state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(delivery.run.step(StepName.DEPLOY).attempt()).isEqualTo(3);
        assertThat(delivery.commands).hasSize(8);
    }

    @Test
    void aTrainingThatSelectedNothingIsAFailure() {
        Delivery delivery = new Delivery(SPEC, 6, without("run-pretrain-1", GOOD)).all();

        delivery.deliver(TrainingFinished.newBuilder()
                .setRunId("run-pretrain-1")
                .setOutcome(Outcome.OUTCOME_SUCCEEDED)
                .build());

        assertThat(delivery.run.state().reason()).contains("pretrain: the run selected no checkpoint");
    }

    private static GenerationFinished failed(String runId, String reason) {
        return GenerationFinished.newBuilder()
                .setRunId(runId)
                .setOutcome(Outcome.OUTCOME_FAILED)
                .setReason(reason)
                .build();
    }

    private static Function<Message, List<Said>> without(String runId, Function<Message, List<Said>> services) {
        return command -> command instanceof TrainingRequested training
                        && training.getRunId().equals(runId)
                ? List.of()
                : services.apply(command);
    }

    private static Function<Message, List<Said>> answering(
            Function<Message, List<Said>> services, Predicate<Message> kept, Function<Message, Message> changed) {
        return command -> services.apply(command).stream()
                .filter(said -> kept.test(said.message()))
                .map(said -> new Said(said.key(), changed.apply(said.message())))
                .toList();
    }
}
