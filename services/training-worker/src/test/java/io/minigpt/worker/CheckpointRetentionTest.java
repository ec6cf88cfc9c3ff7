package io.minigpt.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.gpt.configuration.CheckpointSelection;
import io.minigpt.proto.training.v1.Checkpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointRetentionTest {

    private static final List<StoredCheckpoint> OVERFITTING =
            List.of(validated(10, 3.0), validated(20, 2.0), validated(30, 2.5), validated(40, 2.9));

    @Test
    void aRunInProgressKeepsTheNewestAndTheBest() {
        // Given the best one is older than the newest two
        List<StoredCheckpoint> kept = CheckpointRetention.keep(OVERFITTING, 2);

        assertThat(kept).extracting(StoredCheckpoint::step).containsExactly(20L, 30L, 40L);
    }

    @Test
    void onesWithoutAValidationLossAreNeverTheBest() {
        List<StoredCheckpoint> kept =
                CheckpointRetention.keep(List.of(unvalidated(5), validated(10, 3.0), validated(20, 4.0)), 1);

        assertThat(kept).extracting(StoredCheckpoint::step).containsExactly(10L, 20L);
    }

    @Test
    void aFinishedRunSelectsTheLowestValidationLoss() {
        List<Checkpoint> finished = CheckpointRetention.finished(OVERFITTING, CheckpointSelection.VALIDATION_LOSS);

        assertThat(finished).extracting(Checkpoint::getStep).containsExactly(20L, 40L);
        assertThat(finished).extracting(Checkpoint::getSelected).containsExactly(true, false);
        assertThat(finished.get(0).getRolesList()).containsExactly("best-validation-loss");
        assertThat(finished.get(1).getRolesList()).containsExactly("last");
    }

    @Test
    void aFinishedRunSelectsTheLastIfToldTo() {
        List<Checkpoint> finished = CheckpointRetention.finished(OVERFITTING, CheckpointSelection.LAST);

        assertThat(finished).extracting(Checkpoint::getSelected).containsExactly(false, true);
    }

    @Test
    void theBestEvaluationIsKeptBesideTheBestValidationLoss() {
        // Given the best answers are older than the lowest loss
        List<StoredCheckpoint> checkpoints = List.of(
                evaluated(10, 3.0, 0.8), evaluated(20, 2.0, 0.7), evaluated(30, 2.5, 0.8), evaluated(40, 2.9, 0.1));

        List<Checkpoint> finished =
                CheckpointRetention.finished(CheckpointRetention.keep(checkpoints, 1), CheckpointSelection.EVALUATION);

        assertThat(finished).extracting(Checkpoint::getStep).containsExactly(10L, 20L, 40L);
        assertThat(finished).extracting(Checkpoint::getSelected).containsExactly(true, false, false);
        assertThat(finished.getFirst().getRolesList()).containsExactly("best-evaluation");
    }

    @Test
    void withoutSelectionSetsTheLastIsSelectedByEvaluation() {
        List<Checkpoint> finished = CheckpointRetention.finished(OVERFITTING, CheckpointSelection.EVALUATION);

        assertThat(finished).extracting(Checkpoint::getSelected).containsExactly(false, true);
    }

    @Test
    void oneCheckpointCanHaveBothRoles() {
        List<Checkpoint> finished = CheckpointRetention.finished(
                List.of(validated(10, 3.0), validated(20, 2.0)), CheckpointSelection.VALIDATION_LOSS);

        assertThat(finished).hasSize(1);
        assertThat(finished.getFirst().getRolesList()).containsExactly("last", "best-validation-loss");
        assertThat(finished.getFirst().getSelected()).isTrue();
    }

    @Test
    void ofEqualLossesTheEarlierIsTheBest() {
        List<Checkpoint> finished = CheckpointRetention.finished(
                List.of(validated(20, 2.0), validated(10, 2.0)), CheckpointSelection.VALIDATION_LOSS);

        assertThat(finished).extracting(Checkpoint::getStep).containsExactly(10L, 20L);
        assertThat(finished.getFirst().getSelected()).isTrue();
    }

    @Test
    void withoutValidationDataTheLastIsSelected() {
        List<Checkpoint> finished = CheckpointRetention.finished(
                List.of(unvalidated(10), unvalidated(20)), CheckpointSelection.VALIDATION_LOSS);

        assertThat(finished).extracting(Checkpoint::getStep).containsExactly(20L);
        assertThat(finished.getFirst().getSelected()).isTrue();
    }

    private static StoredCheckpoint validated(long step, double loss) {
        Checkpoint content =
                Checkpoint.newBuilder().setStep(step).setValidationLoss(loss).build();
        return new StoredCheckpoint(1, content, true, true, RunTotals.NONE);
    }

    private static StoredCheckpoint evaluated(long step, double loss, double score) {
        StoredCheckpoint checkpoint = validated(step, loss);
        Checkpoint content =
                checkpoint.content().toBuilder().setEvaluationScore(score).build();
        return new StoredCheckpoint(1, content, true, true, RunTotals.NONE);
    }

    private static StoredCheckpoint unvalidated(long step) {
        return new StoredCheckpoint(1, Checkpoint.newBuilder().setStep(step).build(), true, false, RunTotals.NONE);
    }
}
