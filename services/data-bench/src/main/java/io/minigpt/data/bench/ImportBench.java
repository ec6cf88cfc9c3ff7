package io.minigpt.data.bench;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast documents are taken in, as a markdown table. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Prints how fast documents are taken in, as a markdown table.")
final class ImportBench implements Callable<Integer> {

    private static final long MEGABYTE = 1_000_000;
    /** Of its full size from the start, as in the image. */
    private static final List<String> HEAP = List.of("-Xms256m", "-Xmx256m");

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "<name>",
            description = "import-parse, import-store, import-near (default: all).")
    private List<String> only = List.of();

    @Option(
            names = "--megabytes",
            paramLabel = "<n>",
            defaultValue = "1000",
            description = "Size of the JSON lines (default: 1000).")
    private long megabytes;

    @Option(names = "--runs", paramLabel = "<n>", defaultValue = "3", description = "Runs of parsing (default: 3).")
    private int runs;

    @Option(names = "--service", paramLabel = "<jar>", required = true, description = "The packaged corpus service.")
    private Path service;

    @Option(
            names = "--work",
            paramLabel = "<folder>",
            defaultValue = "bench-work",
            description = "Folder for about seven times the JSON lines while it runs; its disk is measured too.")
    private Path work;

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        try (WorkFolder folder = WorkFolder.create(work, "import-")) {
            Path lines = folder.path().resolve("lines.jsonl");
            long documents = GeneratedLines.write(lines, megabytes * MEGABYTE);
            System.out.printf(
                    Locale.ROOT,
                    "%,d MB of JSON lines, %,d documents; %d cores, Java %s%n%n",
                    megabytes,
                    documents,
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version());
            System.out.println(
                    "| what | MB/s | documents/s | processor time of a MB | peak memory | index |\n|---|---|---|---|---|---|");
            if (wanted("import-parse")) {
                parse(lines, documents);
            }
            if (wanted("import-store")) {
                store("import-store", folder.path(), lines, documents, false);
            }
            if (wanted("import-near")) {
                store("import-near", folder.path(), lines, documents, true);
            }
        }
        return 0;
    }

    private boolean wanted(String name) {
        return only.isEmpty() || only.contains(name);
    }

    private void parse(Path lines, long documents) throws IOException {
        double[] seconds = new double[runs];
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            expect(documents, Parsing.run(lines));
            seconds[run] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        row("import-parse", seconds[runs / 2], documents, "", "", "");
    }

    private void store(String name, Path parent, Path lines, long documents, boolean near)
            throws IOException, InterruptedException, SQLException {
        Map<String, String> settings = Map.of("MINIGPT_CORPUS_NEAR_DUPLICATES_ENABLED", Boolean.toString(near));
        try (WorkFolder home = WorkFolder.create(parent, name);
                BenchedService system = new BenchedService(home.path(), service, HEAP, settings)) {
            Duration busy = system.processorTime();
            long start = System.nanoTime();
            String answer =
                    system.post("/api/corpora/bench/documents", "application/x-ndjson", BodyPublishers.ofFile(lines));
            system.awaitEvents();
            double seconds = (System.nanoTime() - start) / 1e9;
            double processors = system.processorTime().minus(busy).toMillis() / 1e3;
            if (!answer.contains("\"accepted\":" + documents)) {
                throw new IllegalStateException(documents + " documents were sent; the answer was " + answer);
            }
            String memory = system.peakMemory() + " MiB";
            String index = near ? String.format(Locale.ROOT, "%,d bytes a document", indexBytes(system)) : "";
            row(name, seconds, documents, String.format(Locale.ROOT, "%.3f s", processors / megabytes), memory, index);
        }
    }

    private static long indexBytes(BenchedService system) throws SQLException {
        return system.number("select pg_total_relation_size('near_band') / (select count(*) from document)");
    }

    private void row(String name, double seconds, long documents, String processors, String memory, String index) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %,.0f | %s | %s | %s |%n",
                name,
                megabytes / seconds,
                documents / seconds,
                processors,
                memory,
                index);
    }

    private static void expect(long expected, long actual) {
        if (actual != expected) {
            throw new IllegalStateException(expected + " documents were written, " + actual + " were read");
        }
    }
}
