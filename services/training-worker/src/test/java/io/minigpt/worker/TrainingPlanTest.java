package io.minigpt.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.gpt.configuration.CheckpointSelection;
import io.minigpt.gpt.configuration.SelectionSets;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.training.v1.Stage;
import io.minigpt.proto.training.v1.TrainingRequested;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingPlanTest {

    @Test
    void readsBothConfigurationsAndTheSelection() {
        TrainingPlan plan = TrainingPlan.of(request(
                "{\"n_layer\":2,\"n_head\":2,\"n_embd\":32,\"block_size\":32}",
                "{\"max_iters\":40,\"batch_size\":4,\"select\":\"last\"}"));

        assertThat(plan.model().orElseThrow().channels()).isEqualTo(32);
        assertThat(plan.training().maxSteps()).isEqualTo(40);
        assertThat(plan.selection()).isEqualTo(CheckpointSelection.LAST);
        assertThat(plan.trainingJson()).contains("\"max_iters\":40", "\"select\":\"last\"");
        assertThat(plan.tokens(40, plan.model().orElseThrow())).isEqualTo(40 * 4 * 32);
    }

    @Test
    void selectsByValidationLossUnlessToldOtherwise() {
        assertThat(TrainingPlan.of(request("{}", "")).selection()).isEqualTo(CheckpointSelection.VALIDATION_LOSS);
    }

    @Test
    void readsTheSelectionSets() {
        TrainingPlan plan = TrainingPlan.of(
                request("{}", "{\"select\":\"evaluation\",\"selection_sets\":[\"curated\",\"trained\"]}"));

        assertThat(plan.selectionSets()).isEqualTo(new SelectionSets(List.of("curated", "trained"), 20));
        assertThat(plan.trainingJson())
                .contains("\"selection_items\":20", "\"selection_sets\":[\"curated\",\"trained\"]");
        assertThat(TrainingPlan.of(request("{}", plan.trainingJson())).selectionSets())
                .isEqualTo(plan.selectionSets());
    }

    @Test
    void selectionByEvaluationNeedsSets() {
        assertRefused(
                request("{}", "{\"select\":\"evaluation\"}"), "selection_sets is empty, but select is evaluation");
        assertRefused(request("{}", "{\"selection_sets\":[\"a/b\"]}"), "selection_sets is [a/b], but must be");
        assertRefused(
                request("{}", "{\"selection_sets\":\"curated,unseen\"}"),
                "selection_sets has unseen, which is reported on");
        assertRefused(
                request("{}", "{\"selection_sets\":\"report-exam\"}"),
                "selection_sets has report-exam, which is reported on");
        assertRefused(request("{}", "{\"selection_items\":0}"), "selection_items is 0, but must be");
    }

    @Test
    void readsHowManySamplesAreWanted() {
        assertThat(TrainingPlan.of(request("{}", "{}")).samples()).isEqualTo(2);
        assertThat(TrainingPlan.of(request("{}", "{\"samples\":0}")).trainingJson())
                .contains("\"samples\":0");
        assertRefused(request("{}", "{\"samples\":21}"), "samples is 21, but must be a whole number from 0 to 20");
    }

    @Test
    void namesAKeyThatItDoesNotKnow() {
        assertRefused(request("{}", "{\"learning_rat\":0.1}"), "learning_rat");
        assertRefused(request("{\"n_layers\":2}", "{}"), "n_layers");
    }

    @Test
    void namesAKeyWithAValueThatIsNotAllowed() {
        assertRefused(
                request("{}", "{\"select\":\"newest\"}"),
                "select is newest, but must be one of last, validation_loss, evaluation");
        assertRefused(request("{\"n_embd\":33,\"n_head\":2}", "{}"), "n_embd");
        assertRefused(request("{}", "{\"dropout\""), "the training configuration is not a JSON object");
    }

    @Test
    void fineTuningNeedsABase() {
        TrainingRequested request = request("{}", "{}").toBuilder()
                .setStage(Stage.STAGE_SFT)
                .setDataset(DatasetVersion.newBuilder().setKind(DatasetKind.DATASET_KIND_SFT))
                .build();

        assertRefused(request, "base version");
    }

    @Test
    void theDatasetHasToFitTheStage() {
        TrainingRequested request = request("{}", "{}").toBuilder()
                .setDataset(DatasetVersion.newBuilder().setKind(DatasetKind.DATASET_KIND_SFT))
                .build();

        assertRefused(request, "DATASET_KIND_PRETRAINING");
    }

    private static void assertRefused(TrainingRequested request, String reason) {
        assertThatThrownBy(() -> TrainingPlan.of(request))
                .isInstanceOf(PermanentFailureException.class)
                .hasMessageContaining(reason);
    }

    private static TrainingRequested request(String model, String training) {
        return TrainingRequested.newBuilder()
                .setRunId("run")
                .setStage(Stage.STAGE_PRETRAIN)
                .setDataset(DatasetVersion.newBuilder().setKind(DatasetKind.DATASET_KIND_PRETRAINING))
                .setModelConfiguration(model)
                .setTrainingConfiguration(training)
                .build();
    }
}
