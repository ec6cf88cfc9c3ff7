package io.minigpt.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.platform.servers.LinuxProcess.Signal;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.registry.v1.VersionRegistered;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.StepMeasured;
import io.minigpt.proto.training.v1.TrainingCheckpointed;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingStarted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One fine-tuning run whose worker is killed twenty times, frozen past its lease and told to stop, while everything
 * around it is restarted once, ends with the weights of an undisturbed one.
 */
class LeaseSoak {
    private static final int KILLS = 20;
    private static final int INTERVAL = 10;
    private static final Duration DRAIN = Duration.ofSeconds(30);

    /** What a worker says that it does. */
    private record Held(ServiceProcess worker, long lease, long done) {}

    @TempDir
    Path folder;

    private final Random random = new Random(20);
    private TrainingFleet fleet;
    private TrainingEvents events;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void aRunThatLosesItsWorkerTwentyTimesEndsLikeAnUndisturbedOne() throws Exception {
        Path presets = folder.resolve("config");
        TokenDatasets.writePresets(presets);
        try (TrainingFleet started = new TrainingFleet(folder, presets);
                TrainingEvents followed = new TrainingEvents(started.broker())) {
            // Given
            fleet = started;
            events = followed;
            fleet.up();
            TokenDatasets datasets = new TokenDatasets(fleet.artifacts());
            events.seal(datasets.pretraining());
            events.seal(datasets.fineTuning());
            awaitEnd(request("pretrain", "base", "text", ""));
            TrainingFinished undisturbed = awaitEnd(fineTuning("undisturbed"));

            // When
            String run = fineTuning("disturbed");
            for (int kill = 1; kill <= KILLS; kill++) {
                disturb(run, kill);
            }
            freeze(run);
            drain(run);
            TrainingFinished disturbed = awaitEnd(run);

            // Then
            assertThat(disturbed.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
            assertThat(disturbed.getLease()).isGreaterThan(KILLS);
            assertThat(weights(disturbed)).isEqualTo(weights(undisturbed));
            assertThat(disturbed.getLastTrainLoss()).isEqualTo(undisturbed.getLastTrainLoss());
            assertThat(events.all(TrainingFinished.class, end -> end.getRunId().equals(run)))
                    .hasSize(1);
            assertVersionsAre(disturbed);
            assertCurveIsThatOf(undisturbed.getRunId(), run);
            assertNoLostWorkerIsHeard(run);
            assertLostWorkIsAtMostAnInterval(run);
            assertOnlyItsFilesAreLeft(disturbed);
        }
    }

    private void disturb(String run, int kill) throws IOException {
        Held held = awaitHeld(run, random.nextInt(2 * INTERVAL));
        TrainingFleet.pause(Duration.ofMillis(random.nextInt(60)));
        assertThat(events.all(TrainingFinished.class, end -> end.getRunId().equals(run)))
                .as("ended before kill %d", kill)
                .isEmpty();
        System.out.printf("kill %d: %s with lease %d at step %d%n", kill, held.worker.name(), held.lease, held.done);
        held.worker.kill();
        held.worker.start();
        switch (kill) {
            case 4 -> restart(fleet.orchestrator);
            case 8 -> restart(fleet.registry);
            case 12 -> fleet.restartBroker();
            case 16 -> fleet.restartDatabase();
            default -> {
                // the worker alone
            }
        }
    }

    /** The worker that holds the run and at the same time sends what all workers say. */
    private void freeze(String run) throws IOException {
        Held held = awaitHeld(run, 2);
        while (fleet.relaying().filter(held.worker::equals).isEmpty()) {
            held.worker.kill();
            held.worker.start();
            held = awaitHeld(run, 2);
        }
        long lost = held.lease;
        ServiceProcess worker = held.worker;

        worker.signal(Signal.STOP);
        TrainingStarted next =
                events.await(TrainingStarted.class, event -> event.getRunId().equals(run) && event.getLease() > lost);
        events.await(StepMeasured.class, step -> step.getRunId().equals(run) && step.getLease() == next.getLease());
        worker.signal(Signal.CONT);

        TrainingFleet.await(
                "the frozen worker has let go", () -> held(worker, run).isEmpty() && worker.isReady());
    }

    private void drain(String run) throws IOException {
        Held held = awaitHeld(run, 3);
        held.worker.signal(Signal.TERM);
        held.worker.awaitEnd(DRAIN);
        long done = lastStep(run, lease -> lease == held.lease);
        held.worker.start();

        TrainingStarted next = events.await(
                TrainingStarted.class, event -> event.getRunId().equals(run) && event.getLease() > held.lease);
        assertThat(next.getStartStep()).as("nothing is lost").isGreaterThanOrEqualTo(done);
    }

    private static void restart(ServiceProcess service) throws IOException {
        service.kill();
        service.start();
    }

    private String fineTuning(String model) {
        return request("sft", model, "pairs", ", \"base\": {\"model\": \"base\", \"version\": 1}");
    }

    private String request(String kind, String model, String dataset, String more) {
        String preset = kind.equals("sft") ? "" : ", \"modelPreset\": \"tiny\"";
        String json = """
                {"kind": "%s", "model": "%s", "dataset": {"name": "%s", "version": 1}, "trainingPreset": "tiny-%s"%s%s}
                """.formatted(kind, model, dataset, kind, preset, more);
        return fleet.train(json);
    }

    private TrainingFinished awaitEnd(String run) {
        TrainingFinished finished =
                events.await(TrainingFinished.class, end -> end.getRunId().equals(run));
        TrainingFleet.await(
                "the versions of " + run + " are there", () -> versions(run).size() == finished.getCheckpointsCount());
        return finished;
    }

    private Held awaitHeld(String run, int steps) {
        Optional<Held> first = Optional.empty();
        while (true) {
            Optional<Held> now = fleet.workers.stream()
                    .flatMap(worker -> held(worker, run).stream())
                    .max(Comparator.comparingLong(Held::lease));
            boolean sameLease = now.isPresent() && first.isPresent() && first.get().lease == now.get().lease;
            if (!sameLease || first.get().done == 0) {
                first = now;
            }
            if (now.isPresent() && (steps == 0 || now.get().done - first.get().done >= steps)) {
                return now.get();
            }
            TrainingFleet.pause(Duration.ofMillis(20));
        }
    }

    private static Optional<Held> held(ServiceProcess worker, String run) {
        return worker.get("/api/worker")
                .map(answer -> answer.path("run"))
                .filter(activity -> activity.path("runId").asText().equals(run))
                .map(activity -> new Held(
                        worker,
                        activity.path("lease").asLong(),
                        activity.path("done").asLong()));
    }

    private List<VersionRegistered> versions(String run) {
        return events.all(VersionRegistered.class, version -> version.getRunId().equals(run));
    }

    private long lastStep(String run, LongPredicate leases) {
        return events
                .all(StepMeasured.class, step -> step.getRunId().equals(run) && leases.test(step.getLease()))
                .stream()
                .mapToLong(StepMeasured::getStep)
                .max()
                .orElse(0);
    }

    private void assertVersionsAre(TrainingFinished finished) {
        assertThat(versions(finished.getRunId()))
                .extracting(version -> version.getCheckpoint().getStep())
                .containsExactlyInAnyOrderElementsOf(finished.getCheckpointsList().stream()
                        .map(Checkpoint::getStep)
                        .toList());
    }

    /** A step whose worker was killed before it could say so has no figure. */
    private void assertCurveIsThatOf(String undisturbed, String disturbed) {
        Map<Long, Double> expected = curve(undisturbed);
        Map<Long, Double> curve = curve(disturbed);
        assertThat(expected).hasSize(400).containsAllEntriesOf(curve);
        assertThat(curve).hasSizeGreaterThanOrEqualTo(400 - KILLS);
    }

    private Map<Long, Double> curve(String run) {
        Map<Long, Double> curve = new TreeMap<>();
        JsonNode items =
                fleet.orchestrator.get("/api/training-runs/" + run + "/metrics").orElseThrow();
        items.path("items")
                .forEach(item -> curve.put(
                        item.path("step").asLong(), item.path("trainLoss").asDouble()));
        return curve;
    }

    private void assertNoLostWorkerIsHeard(String run) {
        List<TrainingCheckpointed> checkpoints =
                events.all(TrainingCheckpointed.class, event -> event.getRunId().equals(run));
        assertThat(checkpoints).extracting(TrainingCheckpointed::getLease).isSorted();
        assertThat(checkpoints)
                .extracting(event -> event.getCheckpoint().getStep())
                .doesNotHaveDuplicates()
                .isSorted();
    }

    private void assertLostWorkIsAtMostAnInterval(String run) {
        List<TrainingStarted> starts =
                events.all(TrainingStarted.class, event -> event.getRunId().equals(run));
        assertThat(starts)
                .allSatisfy(start -> assertThat(lastStep(run, lease -> lease < start.getLease()) - start.getStartStep())
                        .as("steps lost before lease %d", start.getLease())
                        .isLessThanOrEqualTo(INTERVAL));
    }

    private void assertOnlyItsFilesAreLeft(TrainingFinished finished) throws IOException {
        Path runs = fleet.artifacts().resolve("runs").resolve(finished.getRunId());
        try (Stream<Path> files = Files.walk(runs)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> fleet.artifacts().relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(finished.getCheckpointsList().stream()
                            .flatMap(checkpoint -> checkpoint.getFilesList().stream())
                            .map(Artifact::getKey)
                            .toList());
        }
    }

    private static String weights(TrainingFinished finished) {
        return finished.getCheckpointsList().getLast().getFilesList().stream()
                .filter(file -> file.getName().equals("model.safetensors"))
                .map(Artifact::getSha256)
                .findFirst()
                .orElseThrow();
    }
}
