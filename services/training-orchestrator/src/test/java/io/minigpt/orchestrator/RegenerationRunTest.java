package io.minigpt.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.minigpt.proto.augmentation.v1.AugmentationRequested;
import io.minigpt.proto.dataset.v1.FreezeRequested;
import io.minigpt.proto.dataset.v1.RegenerationGoal;
import io.minigpt.proto.dataset.v1.RegenerationPlanFinished;
import io.minigpt.proto.dataset.v1.RegenerationPlanRequested;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.generation.v1.GenerationRequested;
import io.minigpt.proto.pipeline.v1.PipelineFinished;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.TrainingRequested;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegenerationRunTest {

    private static final ModelVersion BASE =
            ModelVersion.newBuilder().setModel("samples-base").setVersion(2).build();

    @Test
    void makesAgainOnlyWhatThePlanNames() {
        // When
        Delivery delivery = new Delivery(
                        spec(RegenerationGoal.REGENERATION_GOAL_PROMOTE, false), 1, ScriptedServices::answers)
                .all();

        // Then
        assertThat(delivery.run.state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(delivery.commands(RegenerationPlanRequested.class))
                .singleElement()
                .satisfies(plan -> {
                    assertThat(plan.getDataset()).isEqualTo("samples-sft");
                    assertThat(plan.getDocumentIdsList()).containsExactly("d1", "d2", "d3");
                    assertThat(plan.getInputs(0).getRevision()).isEqualTo(12);
                });
        assertThat(delivery.commands(GenerationRequested.class)).singleElement().satisfies(generation -> {
            assertThat(generation.getDocuments().getIdsList()).containsExactly("d1", "d2");
            assertThat(generation.getPrompt()).isEqualTo("questions.zh");
            assertThat(generation.getInput().getRevision()).isEqualTo(15);
        });
        assertThat(delivery.commands(AugmentationRequested.class)).hasSize(1);
        assertThat(delivery.commands(FreezeRequested.class)).singleElement().satisfies(freeze -> {
            assertThat(freeze.getName()).isEqualTo("samples-sft");
            assertThat(freeze.getReason()).isEqualTo("a better prompt");
            assertThat(freeze.getInputsList())
                    .extracting(input -> input.getStream() + "@" + input.getRevision())
                    .containsExactly("corpus/news@15", "generation/news@41", "augmentation/news@58");
        });
        assertThat(delivery.commands(TrainingRequested.class))
                .singleElement()
                .satisfies(training -> assertThat(training.getBase()).isEqualTo(BASE));
        assertThat(delivery.commands(EvaluationRequested.class))
                .singleElement()
                .satisfies(
                        evaluation -> assertThat(evaluation.getPromoteAlias()).isEqualTo("champion"));
        PipelineFinished finished = (PipelineFinished) delivery.events.getLast();
        assertThat(finished.getVersion()).isEqualTo(3);
        assertThat(finished.getBaseVersion()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "PAIRS,      plan generate",
        "AUGMENT,    plan generate augment",
        "FREEZE,     plan generate augment freeze-sft",
        "FINE_TUNE,  plan generate augment freeze-sft fine-tune",
        "EVALUATE,   plan generate augment freeze-sft fine-tune evaluate",
        "PROMOTE,    plan generate augment freeze-sft fine-tune evaluate deploy"
    })
    void stopsAfterItsGoal(String goal, String steps) {
        Delivery delivery = new Delivery(
                        spec(RegenerationGoal.valueOf("REGENERATION_GOAL_" + goal), false),
                        2,
                        ScriptedServices::answers)
                .all();

        assertThat(delivery.run.steps().keySet()).extracting(StepName::label).containsExactly(steps.split(" "));
        assertThat(delivery.run.state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(delivery.commands(EvaluationRequested.class))
                .allMatch(evaluation -> evaluation.getPromoteAlias().isEmpty() != goal.equals("PROMOTE"));
    }

    @Test
    void aDryRunAsksForNothingButThePlan() {
        Delivery delivery = new Delivery(
                        spec(RegenerationGoal.REGENERATION_GOAL_PROMOTE, true), 3, ScriptedServices::answers)
                .all();

        assertThat(delivery.commands).hasSize(1);
        assertThat(delivery.run.state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(delivery.run.step(StepName.PLAN).figures().done()).isEqualTo(2);
        assertThat(delivery.run.step(StepName.PLAN).figures().details())
                .containsEntry("firstDocumentIds", List.of("d1", "d2"))
                .containsEntry("pairs", 9L)
                .containsEntry("versions", List.of(6))
                .containsKeys("pairsEstimate", "models")
                .doesNotContainKey("variantsEstimate");
    }

    @Test
    void aRefusedPlanEndsTheRunWithItsReason() {
        Delivery delivery =
                new Delivery(spec(RegenerationGoal.REGENERATION_GOAL_PROMOTE, false), 4, command -> List.of());

        delivery.deliver(RegenerationPlanFinished.newBuilder()
                .setRunId("run-plan-1")
                .setOutcome(Outcome.OUTCOME_FAILED)
                .setReason("no prompt 'poems'; there are [questions.zh]")
                .build());

        assertThat(delivery.run.state().reason()).contains("plan: no prompt 'poems'; there are [questions.zh]");
        assertThat(delivery.commands(GenerationRequested.class)).isEmpty();
    }

    @Test
    void anyOrderAndDuplicatesEndAlike() {
        PipelineSpec spec = spec(RegenerationGoal.REGENERATION_GOAL_PROMOTE, false);
        Delivery first = new Delivery(spec, 0, ScriptedServices::answers).all();

        for (int seed = 1; seed <= 100; seed++) {
            Delivery other = new Delivery(spec, seed, ScriptedServices::answers).all();

            assertThat(other.run).as("seed %d", seed).isEqualTo(first.run);
            assertThat(other.commands).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(first.commands);
        }
    }

    @Test
    void aRefusedRunHasEndedBeforeItBegan() {
        PipelineRun run = PipelineRun.create(
                        "run", spec(RegenerationGoal.REGENERATION_GOAL_FREEZE, false), Delivery.TIME)
                .refuse(Delivery.TIME, "nothing to bring up to date");

        assertThat(StepCommands.following(run)).isEmpty();
        assertThat(PipelineEvents.following(run).getLast()).isInstanceOfSatisfying(PipelineFinished.class, finished -> {
            assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
            assertThat(finished.getReason()).isEqualTo("nothing to bring up to date");
        });
        assertThat(run.steps().values()).allMatch(step -> step.state().ended());
        assertThatThrownBy(() -> run.retry(null, Delivery.TIME))
                .isInstanceOf(IllegalTransitionException.class)
                .hasMessageContaining("it was refused before it began");
    }

    private static PipelineSpec spec(RegenerationGoal goal, boolean dryRun) {
        return new PipelineSpec(
                "samples",
                "news",
                12,
                "",
                "demo",
                "demo-pretrain",
                "demo-sft",
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode().put("max_iters", 30),
                100,
                3,
                "qa",
                List.of(),
                "champion",
                Optional.of(new Regeneration(
                        goal, List.of("d1", "d2", "d3"), "", "", dryRun, "a better prompt", Optional.of(BASE))));
    }
}
