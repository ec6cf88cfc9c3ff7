package io.minigpt.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.Stage;
import io.minigpt.proto.training.v1.StepMeasured;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.proto.training.v1.TrainingStarted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {

    /** Eight steps; evaluations after 3, 6 and 8, measurements after 1, 2, 4, ... */
    private static final TrainingPlan PLAN = TrainingPlan.of(TrainingRequested.newBuilder()
            .setRunId("run")
            .setStage(Stage.STAGE_PRETRAIN)
            .setDataset(DatasetVersion.newBuilder().setKind(DatasetKind.DATASET_KIND_PRETRAINING))
            .setModelConfiguration("{}")
            .setTrainingConfiguration("{\"max_iters\":8,\"warmup_iters\":0,\"eval_interval\":3,\"log_interval\":2}")
            .build());

    @TempDir
    Path scratch;

    private final MemoryJournal journal = new MemoryJournal();

    @Test
    void anUndisturbedRunMeasuresEvaluatesAndFinishes() throws IOException {
        run(session(0));

        assertThat(journal.measured).extracting(StepMeasured::getStep).containsExactly(1L, 2L, 3L, 4L, 6L, 8L);
        assertThat(journal.measured)
                .filteredOn(StepMeasured::hasValidationLoss)
                .extracting(StepMeasured::getStep)
                .containsExactly(3L, 6L, 8L);
        assertThat(journal.stored).extracting(StoredCheckpoint::step).containsExactly(3L, 6L, 8L);
        // losses are 10 - step: (9 + 8 + 7) / 3, (6 + 5 + 4) / 3, (3 + 2) / 2
        assertThat(journal.stored)
                .extracting(checkpoint -> checkpoint.content().getTrainLoss())
                .containsExactly(8.0, 5.0, 2.5);
        TrainingFinished finished = journal.finished.getFirst();
        assertThat(finished.getFirstTrainLoss()).isEqualTo(9);
        assertThat(finished.getLastTrainLoss()).isEqualTo(2);
        assertThat(finished.getCheckpointsList())
                .extracting(Checkpoint::getStep, Checkpoint::getSelected)
                .containsExactly(tuple(3L, false), tuple(8L, true));
        assertThat(finished.getTokensSeen()).isEqualTo(PLAN.tokens(8, session(0).model()));
        assertThat(journal.measured)
                .allSatisfy(step -> assertThat(step.getModelFlopUtilisation())
                        .isCloseTo(step.getTokensPerSecond(), withinPercentage(1e-9)));
        assertThat(journal.measured).allMatch(step -> step.getMemoryBytes() == 1 << 20);
        assertThat(journal.measured.getLast().getTimeLeftMillis()).isZero();
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void aDrainedRunIsSavedAtOnceAndGoesOnToTheSameReport() throws IOException {
        // Given a worker that is told to stop in the middle of an interval, after step 5
        ScriptedSession stopped =
                new ScriptedSession(0, () -> journal.draining = journal.measured.size() == 4, () -> {});

        assertThatThrownBy(() -> run(stopped)).isInstanceOf(MemoryJournal.Stopped.class);

        assertThat(journal.stored.getLast().step()).isEqualTo(5);
        assertThat(journal.stored.getLast().scheduled()).isFalse();
        // and another worker goes on
        journal.draining = false;
        run(session(5));
        assertThat(journal.stored).extracting(StoredCheckpoint::step).containsExactly(3L, 5L, 6L, 8L);
        assertThat(journal.stored.get(2).content().getTrainLoss()).isEqualTo(5.0);
        assertThat(journal.finished.getFirst().getFirstTrainLoss()).isEqualTo(9);
        assertThat(journal.started).extracting(TrainingStarted::getStartStep).containsExactly(0L, 5L);
    }

    @Test
    void aPausedRunIsSavedAndPutDown() throws IOException {
        // Given a run that is to be held back as the evaluation after step 6 begins
        ScriptedSession held = new ScriptedSession(0, () -> {}, () -> journal.pausing = journal.stored.size() == 1);

        run(held);

        assertThat(held.steps()).isEqualTo(6);
        assertThat(journal.stored).extracting(StoredCheckpoint::step).containsExactly(3L, 6L);
        assertThat(journal.paused).containsExactly(6L);
        assertThat(journal.finished).isEmpty();
        // and is resumed
        journal.pausing = false;
        run(session(6));
        assertThat(journal.stored).extracting(StoredCheckpoint::step).containsExactly(3L, 6L, 8L);
        assertThat(journal.stored).allMatch(StoredCheckpoint::validated);
    }

    @Test
    void anEvaluationThatADrainInterruptsIsDoneByTheNextWorker() throws IOException {
        // Given a worker that is told to stop as the evaluation after step 6 begins
        ScriptedSession stopped = new ScriptedSession(0, () -> {}, () -> journal.draining = journal.stored.size() == 1);

        assertThatThrownBy(() -> run(stopped)).isInstanceOf(MemoryJournal.Stopped.class);

        assertThat(journal.stored).extracting(StoredCheckpoint::scheduled).containsExactly(true, false);
        journal.draining = false;
        run(session(6));
        assertThat(journal.stored).extracting(StoredCheckpoint::step).containsExactly(3L, 6L, 8L);
        assertThat(journal.stored).allMatch(StoredCheckpoint::validated);
        assertThat(journal.stored.get(1).content().getTrainLoss()).isEqualTo(5.0);
    }

    @Test
    void aRunOutOfPatienceEndsAfterItsEvaluation() throws IOException {
        run(session(0).outOfPatienceAfter(5));

        assertThat(journal.stored).extracting(StoredCheckpoint::step).containsExactly(3L, 6L);
        assertThat(journal.finished.getFirst().getTokensSeen())
                .isEqualTo(PLAN.tokens(6, session(0).model()));
        // and a worker that takes it over after that has nothing left to do
        run(session(6).outOfPatienceAfter(5));
        assertThat(journal.stored).hasSize(2);
        assertThat(journal.finished).hasSize(2);
    }

    @Test
    void aCancelledRunStopsBeforeItsNextStep() {
        ScriptedSession session = new ScriptedSession(0, () -> journal.cancelled = true, () -> {});

        assertThatThrownBy(() -> run(session)).isInstanceOf(MemoryJournal.Stopped.class);

        assertThat(session.steps()).isEqualTo(1);
        assertThat(journal.stored).isEmpty();
    }

    @Test
    void aRunWhoseLastCheckpointIsStoredOnlyFinishes() throws IOException {
        // Given a worker that died between its last checkpoint and its report
        run(session(0));
        List<StoredCheckpoint> before = List.copyOf(journal.stored);

        run(session(8));

        assertThat(journal.stored).isEqualTo(before);
        assertThat(journal.finished).hasSize(2);
        assertThat(journal.finished.get(1)).isEqualTo(journal.finished.get(0));
    }

    private void run(TrainingSession session) throws IOException {
        Optional<StoredCheckpoint> resumed = journal.stored.stream()
                .filter(checkpoint -> checkpoint.step() == session.steps())
                .findFirst();
        new TrainingRun(PLAN, session, resumed, journal, scratch, step -> {})
                .run(TrainingStarted.newBuilder(), TrainingFinished.newBuilder());
    }

    private static ScriptedSession session(long from) {
        return new ScriptedSession(from, () -> {}, () -> {});
    }
}
