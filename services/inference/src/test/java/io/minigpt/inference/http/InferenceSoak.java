package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.minigpt.gpt.Trainer;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.inference.Deployments;
import io.minigpt.inference.VersionId;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.inference.v1.ModelDeployed;
import io.minigpt.proto.registry.v1.AliasSet;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.Stage;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An hour's worth of requests in minutes: right ones, wrong ones, callers that go away, and an alias that moves. */
@QuarkusTest
@TestProfile(RealModels.class)
class InferenceSoak {

    private static final int REQUESTS = Integer.getInteger("minigpt.soak.requests", 4_000);
    private static final int CALLERS = 24;
    private static final int MOVES = 20;
    private static final double MOST_GROWTH = 1.2;

    @TempDir
    static Path folder;

    @TestHTTPResource("/")
    URI service;

    @Inject
    ArtifactStore artifacts;

    @Inject
    Deployments deployments;

    @Inject
    MeterRegistry metrics;

    private final AtomicInteger next = new AtomicInteger();

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void noRequestFailsButThoseThatAreWrong() throws Exception {
        List<Artifact> files = checkpoint();
        Memory early = null;
        try (EventProbe registry = new EventProbe();
                Caller caller = new Caller(service);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            // Given a model that is served
            move(registry, files, 1);
            SoakCalls calls = new SoakCalls(caller);

            // When callers ask all the time, and the alias moves
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                working.add(callers.submit(() -> work(calls)));
            }
            for (int moves = 1; moves <= MOVES; moves++) {
                int reached = moves * REQUESTS / (MOVES + 1);
                Eventually.get(next::get, number -> number >= reached || anyFailed(working), Duration.ofMinutes(10));
                move(registry, files, moves + 1);
                early = moves == MOVES / 2 ? Memory.now() : early;
            }

            // Then every caller got what it was to get
            for (Future<?> each : working) {
                each.get();
            }
        }
        // and nothing is left behind
        Eventually.get(() -> texts("minigpt.inference.batch.size"), running -> running == 0);
        assertThat(texts("minigpt.inference.queue.size")).isZero();
        assertThat(deployments.loaded()).containsExactly(new VersionId("soak", MOVES + 1));
        Memory late = Memory.now();
        System.out.printf("%d requests; half way %s, at the end %s%n", REQUESTS, early, late);
        assertThat((double) late.nativeMebibytes() / early.nativeMebibytes()).isLessThan(MOST_GROWTH);
        assertThat((double) late.heapMebibytes() / early.heapMebibytes()).isLessThan(MOST_GROWTH);
    }

    private Void work(SoakCalls calls) throws IOException, InterruptedException {
        for (int number = next.getAndIncrement(); number < REQUESTS; number = next.getAndIncrement()) {
            calls.call(number);
        }
        return null;
    }

    private static boolean anyFailed(List<Future<?>> working) {
        return working.stream().anyMatch(caller -> caller.state() == Future.State.FAILED);
    }

    /** Lets the alias mean another version, of the same weights, and waits until it is served. */
    private static void move(EventProbe registry, List<Artifact> files, int version) {
        registry.publish(
                "soak@champion",
                AliasSet.newBuilder()
                        .setModel("soak")
                        .setAlias("champion")
                        .setRevision(version)
                        .setVersion(ModelVersion.newBuilder()
                                .setModel("soak")
                                .setVersion(version)
                                .setStage(Stage.STAGE_SFT)
                                .addAllFiles(files))
                        .build());
        registry.await(ModelDeployed.class, deployed -> deployed.getVersion() == version);
    }

    /** An untrained model whose caches are large enough that one that is not given back is seen. */
    private List<Artifact> checkpoint() throws IOException {
        Path checkpoint = folder.resolve("checkpoint");
        ModelConfiguration shape = ModelConfiguration.of(
                Map.of("n_layer", 2, "n_head", 2, "n_embd", 64, "block_size", 512, "dropout", 0.0));
        try (Trainer trainer = Trainer.scratch(
                shape, TrainingConfiguration.of(Map.of("batch_size", 1, "device", "cpu", "dtype", "float32")))) {
            trainer.save(checkpoint, Map.of());
        }
        List<Artifact> files = new ArrayList<>();
        try (Stream<Path> saved = Files.list(checkpoint)) {
            for (Path file : saved.toList()) {
                files.add(artifacts.put("runs/soak/1-0/" + file.getFileName(), file));
            }
        }
        return files;
    }

    private double texts(String gauge) {
        return metrics.find(gauge).gauges().stream()
                .mapToDouble(each -> each.value())
                .sum();
    }

    /**
     * What this process keeps. The heap is all in memory from the start, see the module's {@code pom.xml}, so that it can
     * be told from what is outside it. Mapped files do not count.
     *
     * @param nativeMebibytes memory outside the Java heap
     * @param heapMebibytes what a full collection leaves on it
     */
    private record Memory(long nativeMebibytes, long heapMebibytes) {

        static Memory now() throws IOException {
            System.gc();
            MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            long anonymous = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("RssAnon"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
            return new Memory((anonymous >> 10) - (heap.getCommitted() >> 20), heap.getUsed() >> 20);
        }
    }
}
