package io.minigpt.worker.kafka;

import com.google.protobuf.Timestamp;
import io.minigpt.platform.events.Measurements;
import io.minigpt.proto.training.v1.WorkerReported;
import io.minigpt.worker.CurrentRun;
import io.minigpt.worker.Offer;
import io.minigpt.worker.RunDevice;
import io.minigpt.worker.WorkerConfig;
import io.minigpt.worker.WorkerName;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;

/** Tells every few seconds what this worker has and does, so that the queue can say where a run will go. */
@ApplicationScoped
class WorkerReports {

    private final WorkerName name;
    private final RunDevice device;
    private final CurrentRun current;
    private final Measurements measurements;
    private final WorkerConfig config;
    private Thread thread;

    WorkerReports(
            WorkerName name, RunDevice device, CurrentRun current, Measurements measurements, WorkerConfig config) {
        this.name = name;
        this.device = device;
        this.current = current;
        this.measurements = measurements;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        // looking for a GPU loads libtorch, which is nothing for a virtual thread
        thread = Thread.ofPlatform().name("worker-reports").daemon().start(this::report);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }

    private void report() {
        try {
            while (true) {
                measurements.send(name.value(), "", now());
                Thread.sleep(config.reportEvery());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private WorkerReported now() {
        Offer offer = device.offer();
        Instant now = Instant.now();
        return WorkerReported.newBuilder()
                .setWorker(name.value())
                .setDevice(offer.device())
                .setDtype(offer.dtype())
                .setEngine(offer.engine())
                .setMemoryBytes(offer.memoryBytes())
                .setRunId(current.get().map(CurrentRun.Activity::runId).orElse(""))
                .setReportedAt(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .build();
    }
}
