package io.minigpt.worker;

import com.google.protobuf.Timestamp;
import io.minigpt.proto.training.v1.StepMeasured;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingStarted;
import io.minigpt.worker.TrainingSession.StepFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Takes a session to its last step: measures, evaluates, keeps checkpoints, and stops within a step when it is told to.
 * What it leaves behind depends only on the plan and the data, not on how often it was interrupted.
 */
public final class TrainingRun {

    private static final double NANOS_PER_SECOND = 1e9;

    private final TrainingPlan plan;
    private final TrainingSession session;
    private final TrainingJournal journal;
    private final Path scratch;
    private final LongConsumer progress;
    private final long lastStep;

    private RunTotals totals = RunTotals.NONE;
    private long savedStep;
    private long evaluatedStep;
    private long unmeasuredTokens;
    private Duration unmeasuredTime = Duration.ZERO;

    /**
     * @param session at the step of the checkpoint to go on from, or at its first
     * @param resumed that checkpoint
     * @param scratch folder for checkpoints before they are stored
     * @param progress told the number of steps done
     */
    public TrainingRun(
            TrainingPlan plan,
            TrainingSession session,
            Optional<StoredCheckpoint> resumed,
            TrainingJournal journal,
            Path scratch,
            LongConsumer progress) {
        this.plan = plan;
        this.session = session;
        this.journal = journal;
        this.scratch = scratch;
        this.progress = progress;
        this.lastStep = plan.training().maxSteps();
        resumed.ifPresent(checkpoint -> {
            totals = checkpoint.totals();
            savedStep = checkpoint.step();
            evaluatedStep = checkpoint.scheduled() ? checkpoint.step() : 0;
        });
    }

    /** Runs to the end of the plan or until it is paused, or throws what the journal throws to stop it. */
    public void run(TrainingStarted.Builder started, TrainingFinished.Builder finished) throws IOException {
        journal.started(started.setDevice(session.device())
                .setDtype(session.dtype())
                .setParameters(parameters())
                .setStartStep(session.steps())
                .setMaxSteps(lastStep));
        Optional<StepFigures> figures = Optional.empty();
        while (true) {
            journal.checkCancelled();
            if (evaluationDue()) {
                evaluate(figures);
            }
            if (evaluatedStep == session.steps() && (evaluatedStep >= lastStep || session.outOfPatience())) {
                break;
            }
            if (journal.draining()) {
                saveUnscheduled();
                journal.handBack();
            }
            if (journal.pausing()) {
                saveUnscheduled();
                journal.paused(savedStep);
                return;
            }
            figures = Optional.of(step());
        }
        journal.finished(
                finished.setModelConfiguration(session.model().toJson())
                        .setTrainingConfiguration(plan.trainingJson())
                        .setDevice(session.device())
                        .setTokensSeen(plan.tokens(session.steps(), session.model()))
                        .setDurationMillis(totals.duration().toMillis())
                        .setFirstTrainLoss(totals.firstLoss())
                        .setLastTrainLoss(totals.lastLoss()),
                plan.selection());
    }

    private StepFigures step() {
        long start = System.nanoTime();
        StepFigures figures = session.step();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        long step = session.steps();
        totals = totals.step(figures.loss(), took);
        unmeasuredTokens += figures.tokens();
        unmeasuredTime = unmeasuredTime.plus(took);
        progress.accept(step);
        boolean log = step == 1 || step % plan.training().logInterval() == 0 || step == lastStep;
        if (log || evaluationDue()) {
            totals = totals.logged(figures.loss());
        }
        if (log && !evaluationDue()) {
            journal.measured(measurement(figures));
        }
        return figures;
    }

    private boolean evaluationDue() {
        long step = session.steps();
        return step > evaluatedStep && (step % plan.training().evaluationInterval() == 0 || step == lastStep);
    }

    private void evaluate(Optional<StepFigures> figures) throws IOException {
        long start = System.nanoTime();
        Path folder = folder();
        Optional<Validation> validation;
        Examination examination;
        try {
            validation = session.validate(this::stopIfAsked);
            session.save(folder);
            examination = session.examine(folder, this::stopIfAsked);
        } catch (EvaluationInterrupted e) {
            ScratchFolder.delete(folder);
            return;
        }
        double trainLoss = totals.meanLoss();
        totals = totals.evaluated(Duration.ofNanos(System.nanoTime() - start));
        figures.ifPresent(step -> {
            StepMeasured.Builder measured = measurement(step);
            validation.ifPresent(found -> {
                measured.setValidationLoss(found.loss());
                if (found.bitsPerByte() > 0) {
                    measured.setBitsPerByte(found.bitsPerByte());
                }
            });
            journal.measured(measured);
        });
        store(folder, new NewCheckpoint(session.steps(), true, validation, examination, trainLoss, totals));
        evaluatedStep = session.steps();
    }

    private void stopIfAsked() {
        journal.checkCancelled();
        if (journal.draining() || journal.pausing()) {
            throw new EvaluationInterrupted();
        }
    }

    private void saveUnscheduled() throws IOException {
        if (session.steps() > savedStep) {
            Path folder = folder();
            session.save(folder);
            store(
                    folder,
                    new NewCheckpoint(
                            session.steps(), false, Optional.empty(), Examination.NONE, totals.meanLoss(), totals));
        }
    }

    private Path folder() {
        return scratch.resolve("checkpoint-" + session.steps());
    }

    private void store(Path folder, NewCheckpoint checkpoint) throws IOException {
        journal.checkpointed(folder, checkpoint);
        ScratchFolder.delete(folder);
        savedStep = checkpoint.step();
    }

    private StepMeasured.Builder measurement(StepFigures figures) {
        Instant now = Instant.now();
        double seconds = unmeasuredTime.toNanos() / NANOS_PER_SECOND;
        StepMeasured.Builder measured = StepMeasured.newBuilder()
                .setStep(session.steps())
                .setMaxSteps(lastStep)
                .setTrainLoss(figures.loss())
                .setLearningRate(figures.learningRate())
                .setGradientNorm(figures.gradientNorm())
                .setTokensPerSecond(seconds > 0 ? unmeasuredTokens / seconds : 0)
                .setMemoryBytes(session.memoryBytes())
                .setTimeLeftMillis(timeLeft().toMillis())
                .setMeasuredAt(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()));
        if (session.peakFlops().isPresent() && seconds > 0) {
            double flops = unmeasuredTokens * session.model().trainingFlops() / seconds;
            measured.setModelFlopUtilisation(flops / session.peakFlops().getAsDouble());
        }
        unmeasuredTokens = 0;
        unmeasuredTime = Duration.ZERO;
        return measured;
    }

    /** At the mean pace so far, evaluations included. */
    private Duration timeLeft() {
        long step = session.steps();
        return Duration.ofNanos((long) ((double) totals.duration().toNanos() / step * (lastStep - step)));
    }

    private long parameters() {
        return session.model().parametersWithoutPositions();
    }

    /** The worker stops or puts the run down while it evaluates; whoever goes on does that evaluation. */
    private static final class EvaluationInterrupted extends RuntimeException {}
}
