package io.minigpt.generation.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.platform.servers.FileTree;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.proto.corpus.v1.DocumentImported;
import io.minigpt.proto.event.v1.StreamPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the packaged service over documents with a teacher of known speed, and prints which share of the teacher's slots
 * was busy: the time that the calls take when all slots work all the time, over the time that the run took.
 */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Prints how busy a teacher is kept.")
public final class GenerationBench implements Callable<Integer> {

    /** Time that all processors have spent. */
    private record Processors(Duration services, Duration database, Duration broker, Duration bench) {

        static Processors of(GenerationSystem system, List<ServiceProcess> services) {
            return new Processors(
                    services.stream().map(ServiceProcess::processorTime).reduce(Duration.ZERO, Duration::plus),
                    system.databaseTime(),
                    system.broker().processorTime(),
                    ProcessHandle.current().info().totalCpuDuration().orElseThrow());
        }

        Processors since(Processors before) {
            return new Processors(
                    services.minus(before.services),
                    database.minus(before.database),
                    broker.minus(before.broker),
                    bench.minus(before.bench));
        }
    }

    /**
     * What a run came to.
     *
     * @param early memory of all replicas after a quarter of it, in MiB
     * @param late the same at its end
     */
    private record Measured(Duration time, Processors processors, long early, long late) {}

    private static final String CORPUS = "bench";
    private static final Duration POLL = Duration.ofMillis(500);

    @Option(names = "--services", required = true, paramLabel = "<folder>", description = "Folder of the services.")
    private Path services;

    @Option(names = "--config", required = true, paramLabel = "<folder>", description = "Folder of the prompts.")
    private Path config;

    @Option(names = "--work", required = true, paramLabel = "<folder>", description = "Folder for what is written.")
    private Path work;

    @Option(names = "--documents", defaultValue = "2000", description = "Documents (default: 2000).")
    private int documents;

    @Option(names = "--warm-up", defaultValue = "1000", description = "Documents before, not counted (default: 1000).")
    private int warmUp;

    @Option(names = "--slots", defaultValue = "32", description = "Calls at a time of each replica (default: 32).")
    private int slots;

    @Option(names = "--replicas", split = ",", defaultValue = "1,2", description = "Replicas (default: 1,2).")
    private List<Integer> replicas;

    GenerationBench() {}

    /** Runs the benchmark and exits. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new GenerationBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.out.println(
                "| replicas | documents | calls | run | slots busy | processor time of a call, ms: services, database, broker, teacher"
                        + " | memory after a quarter, at the end |\n|---|---|---|---|---|---|---|");
        for (int count : replicas) {
            Path home = Files.createTempDirectory(Files.createDirectories(work), "generation-");
            try (GenerationSystem system = new GenerationSystem(services, config, home, slots)) {
                publish(system.broker().address(), warmUp + documents);
                List<ServiceProcess> started = new ArrayList<>();
                for (int replica = 0; replica < count; replica++) {
                    started.add(system.start(GenerationSystem.QA_GENERATION));
                }
                print(count, system.teacher(), measure(system, started));
            }
            FileTree.delete(home);
        }
        return 0;
    }

    private static void publish(String broker, int documents) {
        try (EventProbe corpus = new EventProbe(broker)) {
            for (int document = 1; document <= documents; document++) {
                String id = CORPUS + "-" + document;
                corpus.publish(
                        id,
                        DocumentImported.newBuilder()
                                .setPosition(StreamPosition.newBuilder()
                                        .setStream("corpus/" + CORPUS)
                                        .setRevision(document))
                                .setCorpus(CORPUS)
                                .setDocumentId(id)
                                .setDocumentVersion("version-" + document)
                                .setSequence(document)
                                .setText(SteadyTeacher.text(document))
                                .build());
            }
        }
    }

    private Measured measure(GenerationSystem system, List<ServiceProcess> all)
            throws IOException, InterruptedException {
        ServiceProcess first = all.getFirst();
        await(first, request(first, warmUp), () -> {});
        system.teacher().reset();
        Processors before = Processors.of(system, all);
        long[] early = {0};
        JsonNode run = await(first, request(first, 0), () -> {
            if (early[0] == 0 && system.teacher().calls() > documents / 4) {
                early[0] = memory(all);
            }
        });
        Duration time = Duration.between(
                Instant.parse(run.get("startedAt").asText()),
                Instant.parse(run.get("finishedAt").asText()));
        return new Measured(time, Processors.of(system, all).since(before), early[0], memory(all));
    }

    /** Asks for a run over the first documents; over all with 0. @return where it is shown */
    private String request(ServiceProcess service, int first) throws IOException, InterruptedException {
        String order = "{\"corpus\": \"%s\", \"corpusRevision\": %d, \"maxDocuments\": %d}"
                .formatted(CORPUS, warmUp + documents, first);
        return "/api/generation/runs/"
                + service.post("/api/generation/runs", order).get("id").asText();
    }

    private static JsonNode await(ServiceProcess service, String path, Watch watch)
            throws IOException, InterruptedException {
        while (true) {
            JsonNode run = service.get(path);
            watch.look();
            if (!run.path("finishedAt").isNull()) {
                if (run.at("/pairs/accepted").asInt()
                        != SteadyTeacher.PAIRS * run.at("/documents/total").asInt()) {
                    throw new IOException("the run came to " + run);
                }
                return run;
            }
            Thread.sleep(POLL);
        }
    }

    @FunctionalInterface
    private interface Watch {
        void look() throws IOException;
    }

    private static long memory(List<ServiceProcess> all) throws IOException {
        long sum = 0;
        for (ServiceProcess process : all) {
            sum += process.residentMebibytes();
        }
        return sum;
    }

    private void print(int count, SteadyTeacher teacher, Measured measured) {
        double ideal = (double) teacher.spent().toMillis() / (slots * count);
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %d | %.1f s | %.1f %% | %.1f, %.1f, %.1f, %.1f | %d MiB, %d MiB |%n",
                count,
                documents,
                teacher.calls(),
                measured.time().toMillis() / 1000.0,
                100 * ideal / measured.time().toMillis(),
                each(measured.processors().services(), teacher),
                each(measured.processors().database(), teacher),
                each(measured.processors().broker(), teacher),
                each(measured.processors().bench(), teacher),
                measured.early(),
                measured.late());
    }

    private static double each(Duration time, SteadyTeacher teacher) {
        return (double) time.toMillis() / teacher.calls();
    }
}
