package io.minigpt.data.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast datasets are frozen and asked about, as markdown tables. */
@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        description = "Prints how fast datasets are frozen and asked about, as a markdown table.")
final class DatasetBench implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MEGABYTE = 1_000_000;
    private static final int MILLION = 1_000_000;
    /** Of a process that is to stay under 1 GiB; of its full size from the start, as in the image. */
    private static final List<String> HEAP = List.of("-Xms768m", "-Xmx768m");

    /** Seldom: the service's answers take processor time from the freeze. */
    private static final long POLL = 1000;

    private static final int QUESTIONS = 200;
    /** Rounds of jtokkit alone before and after each freeze: some six seconds. */
    private static final int ROUNDS = 9;
    /** Frozen before what counts, as jtokkit encodes a round that does not count: until the JIT has compiled both. */
    private static final long WARM_UP_MEGABYTES = 40;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "<name>",
            description = "dataset-tokens, dataset-text, dataset-pairs (default: all).")
    private List<String> only = List.of();

    @Option(
            names = "--corpus",
            paramLabel = "<file>",
            required = true,
            description = "JSON lines with a text each, which the records are made of.")
    private Path corpus;

    @Option(
            names = "--megabytes",
            paramLabel = "<n>",
            defaultValue = "200",
            description = "Text to freeze in dataset-text (default: 200).")
    private long megabytes;

    @Option(
            names = "--freezes",
            paramLabel = "<n>",
            defaultValue = "5",
            description = "Freezes in dataset-text, the median of which counts (default: 5).")
    private int freezes;

    @Option(
            names = "--records",
            paramLabel = "<n>",
            defaultValue = "1000000",
            description = "Records in dataset-pairs, a tenth of them documents (default: 1000000).")
    private long records;

    @Option(names = "--service", paramLabel = "<jar>", required = true, description = "The packaged service.")
    private Path service;

    @Option(
            names = "--work",
            paramLabel = "<folder>",
            defaultValue = "bench-work",
            description = "Folder for some GB while it runs; its disk is measured too.")
    private Path work;

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        SampleTexts texts = SampleTexts.read(corpus);
        int cores = Runtime.getRuntime().availableProcessors();
        System.out.printf(Locale.ROOT, "%d cores, Java %s%n%n", cores, Runtime.version());
        System.out.println("| what | figure |\n|---|---|");
        if (wanted("dataset-tokens")) {
            for (String character : Encoding.runs()) {
                String run = character.repeat(MILLION);
                row(
                        "1,000,000 times '%s'; twice as many".formatted(character),
                        "%.2f s; %.2f times that",
                        Encoding.time(run),
                        Encoding.doubling(character, MILLION));
            }
        }
        if (wanted("dataset-text")) {
            text(texts, cores);
        }
        if (wanted("dataset-pairs")) {
            pairs(texts);
        }
        return 0;
    }

    private void text(SampleTexts texts, int cores) throws IOException, InterruptedException, SQLException {
        try (WorkFolder home = WorkFolder.create(work, "text-");
                BenchedService system = new BenchedService(home.path(), service, HEAP, Map.of())) {
            long documents = megabytes * MEGABYTE * texts.texts().size() / texts.bytes();
            try (Connection database = system.database()) {
                RecordTable table = new RecordTable(database, texts);
                table.addDocuments(documents);
                table.addWarmUpDocuments(documents * WARM_UP_MEGABYTES / megabytes);
                table.analyze();
            }
            freeze(system, "warm-up", RecordTable.WARM_UP_CORPUS, "pretraining");
            long bytes = system.number(
                    "select sum(octet_length(text)) from record where corpus = '" + RecordTable.CORPUS + "'");
            List<TextFreeze> measured = new ArrayList<>();
            double before = Encoding.bytesPerSecond(texts, ROUNDS);
            for (int run = 1; run <= freezes; run++) {
                double started = system.processorSeconds();
                double seconds = freeze(system, "text" + run, RecordTable.CORPUS, "pretraining");
                double worked = system.processorSeconds() - started;
                double after = Encoding.bytesPerSecond(texts, ROUNDS);
                measured.add(new TextFreeze(seconds, worked, bytes / ((before + after) / 2)));
                before = after;
            }
            String what = "freeze of %,d documents, %,d MB, %d times: ".formatted(documents, bytes / MEGABYTE, freezes);
            row(what + "median, least, most", "%s", TextFreeze.figure(measured, "%.1f s", TextFreeze::seconds));
            row("its processor time", "%s", TextFreeze.figure(measured, "%.1f s", TextFreeze::processorSeconds));
            row("jtokkit's alone for as much", "%s", TextFreeze.figure(measured, "%.1f s", TextFreeze::encoderSeconds));
            row(
                    "of jtokkit's rate times %d cores".formatted(cores),
                    "%s",
                    TextFreeze.figure(measured, "%.0f %%", freeze -> 100 * freeze.share(cores)));
            row("highest memory of the service", "%d MiB", system.peakMemory());
        }
    }

    private void pairs(SampleTexts texts) throws IOException, InterruptedException, SQLException {
        try (WorkFolder home = WorkFolder.create(work, "pairs-");
                BenchedService system = new BenchedService(home.path(), service, HEAP, Map.of())) {
            long documents = records / (1 + RecordTable.PAIRS);
            try (Connection database = system.database()) {
                RecordTable table = new RecordTable(database, texts);
                table.addDocuments(documents);
                table.addPairs(documents);
                table.analyze();
            }
            row(
                    "freeze of %,d pairs among %,d records".formatted(documents * RecordTable.PAIRS, records),
                    "%.1f s",
                    freeze(system, "pairs", RecordTable.CORPUS, "sft"));
            row("highest memory of the service", "%d MiB", system.peakMemory());
            long tokens = JSON.readTree(system.get("/api/datasets/pairs/versions/1"))
                    .path("trainTokens")
                    .asLong();
            Random random = new Random(2);
            ask(system, "record of a token", i -> "pairs/versions/1/tokens/train/" + random.nextLong(tokens));
            ask(
                    system,
                    "versions with a document",
                    i -> "records/" + RecordTable.documentId(random.nextLong(documents)) + "/versions");
            ask(
                    system,
                    "passage and document of a pair",
                    i -> "records/"
                            + RecordTable.pairId(random.nextLong(documents), random.nextInt(RecordTable.PAIRS)));
            ask(
                    system,
                    "nearest records",
                    i -> "pairs/versions/1/nearest?question="
                            + URLEncoder.encode(texts.piece(random, 8, 24), StandardCharsets.UTF_8));
            row("highest memory of the service after that", "%d MiB", system.peakMemory());
        }
    }

    /** Seconds from the request to the sealed version, by the service's own notes. */
    private static double freeze(BenchedService system, String name, String corpus, String kind)
            throws IOException, InterruptedException, SQLException {
        String body = "{\"runId\": \"%s\", \"kind\": \"%s\", \"corpus\": \"%s\"}".formatted(name, kind, corpus);
        system.postJson("/api/datasets/" + name + "/versions", body);
        while (true) {
            JsonNode run = JSON.readTree(system.get("/api/datasets/runs/" + name));
            switch (run.path("state").asText()) {
                case "succeeded" -> {
                    return system.number("select extract(epoch from finished_at - created_at) * 1000 from freeze_run"
                                    + " where run_id = '" + name + "'")
                            / 1e3;
                }
                case "failed", "cancelled" -> throw new IllegalStateException("the freeze ended with " + run);
                default -> Thread.sleep(POLL);
            }
        }
    }

    private static void ask(BenchedService system, String what, IntFunction<String> path)
            throws IOException, InterruptedException {
        double[] milliseconds = new double[QUESTIONS];
        for (int i = -QUESTIONS / 10; i < QUESTIONS; i++) {
            String question = "/api/datasets/" + path.apply(i);
            long start = System.nanoTime();
            system.get(question);
            if (i >= 0) {
                milliseconds[i] = 1e3 * Encoding.seconds(start);
            }
        }
        Arrays.sort(milliseconds);
        row(
                what + ", by HTTP, of %d questions".formatted(QUESTIONS),
                "median %.1f ms, 95 of 100 under %.1f ms",
                milliseconds[QUESTIONS / 2],
                milliseconds[QUESTIONS * 95 / 100]);
    }

    private boolean wanted(String name) {
        return only.isEmpty() || only.contains(name);
    }

    private static void row(String what, String format, Object... figures) {
        System.out.printf(Locale.ROOT, "| %s | %s |%n", what, String.format(Locale.ROOT, format, figures));
    }
}
