package io.minigpt.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.gpt.DeviceNeeds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueForecastTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final DeviceNeeds GPU = new DeviceNeeds(true, false, 0);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void withoutWorkersNothingStarts() {
        KnownWorker gone = worker("worker-1", "cpu", "", NOW.minusSeconds(31));

        QueuePlace place =
                forecast(List.of(gone), Map.of(), run("a", DeviceNeeds.NONE)).getFirst();

        assertThat(place.reason()).isEqualTo("no worker has reported for 30 s");
        assertThat(place.expectedStart()).isEmpty();
    }

    @Test
    void aRunThatFitsNobodySaysWhatEachLacks() {
        List<KnownWorker> workers = List.of(worker("worker-1", "cpu", ""), worker("worker-2", "cpu", ""));

        QueuePlace place = forecast(workers, Map.of(), run("a", GPU)).getFirst();

        assertThat(place.reason())
                .isEqualTo("worker-1 does not fit: it asks for a GPU; worker-2 does not fit: it asks for a GPU");
        assertThat(place.expectedStart()).isEmpty();
    }

    @Test
    void aFreeWorkerTakesTheFirstRunAndTheNextWaitsForIt() {
        List<QueuePlace> places = forecast(
                List.of(worker("worker-1", "cpu", "")),
                Map.of(),
                run("a", DeviceNeeds.NONE),
                run("b", DeviceNeeds.NONE));

        assertThat(places).extracting(QueuePlace::position).containsExactly(1, 2);
        assertThat(places)
                .extracting(QueuePlace::reason)
                .containsExactly("worker-1 is free and takes it in a moment", "worker-1 is busy with a");
        assertThat(places)
                .extracting(QueuePlace::expectedStart)
                .containsExactly(Optional.of(NOW), Optional.of(NOW.plus(HOUR)));
    }

    @Test
    void aRunGoesToTheFittingWorkerThatIsFreeFirst() {
        List<KnownWorker> workers = List.of(
                worker("cpu-1", "cpu", ""), worker("gpu-1", "cuda:0", "long"), worker("gpu-2", "cuda:0", "short"));
        Map<String, Duration> timeLeft = Map.of("long", HOUR.multipliedBy(3), "short", HOUR);

        List<QueuePlace> places = forecast(workers, timeLeft, run("a", GPU), run("b", GPU), run("c", GPU));

        assertThat(places)
                .extracting(place -> place.expectedStart().orElseThrow())
                .containsExactly(NOW.plus(HOUR), NOW.plus(HOUR.multipliedBy(2)), NOW.plus(HOUR.multipliedBy(3)));
        assertThat(places.getFirst().reason()).isEqualTo("gpu-2 is busy with short");
    }

    @Test
    void whatIsNotKnownIsNotFeigned() {
        QueuePlace place = forecast(List.of(worker("worker-1", "cpu", "other")), Map.of(), run("a", DeviceNeeds.NONE))
                .getFirst();

        assertThat(place.reason()).isEqualTo("worker-1 is busy with other; how long is not known");
        assertThat(place.expectedStart()).isEmpty();
    }

    private static List<QueuePlace> forecast(
            List<KnownWorker> workers, Map<String, Duration> timeLeft, WaitingRun... waiting) {
        return new QueueForecast(workers, timeLeft, NOW).places(List.of(waiting));
    }

    private static WaitingRun run(String id, DeviceNeeds needs) {
        return new WaitingRun(id, "sft", 0, needs, Optional.of(HOUR));
    }

    private static KnownWorker worker(String name, String device, String runId) {
        return worker(name, device, runId, NOW.minusSeconds(4));
    }

    private static KnownWorker worker(String name, String device, String runId, Instant seenAt) {
        return new KnownWorker(name, device, "bfloat16", "pytorch 2.7.1", 0, runId, seenAt);
    }
}
