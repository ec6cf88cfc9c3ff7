package io.minigpt.data.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast the model registry answers questions about many versions, as a markdown table. */
@Command(
        name = "registry",
        mixinStandardHelpOptions = true,
        description = "Prints how fast the model registry answers, as a markdown table.")
final class RegistryBench implements Callable<Integer> {

    private static final List<String> HEAP = List.of("-Xmx256m");
    private static final int QUESTIONS = 200;
    private static final int WARM_UP = 50;

    @Option(
            names = "--versions",
            paramLabel = "<n>",
            defaultValue = "2000",
            description = "Versions in the registry, half of them of one model (default: 2000).")
    private int versions;

    @Option(
            names = "--figures",
            paramLabel = "<n>",
            defaultValue = "100",
            description = "Figures of each version (default: 100).")
    private int figures;

    @Option(names = "--service", paramLabel = "<jar>", required = true, description = "The packaged service.")
    private Path service;

    @Option(
            names = "--work",
            paramLabel = "<folder>",
            defaultValue = "bench-work",
            description = "Folder for some GB while it runs; its disk is measured too.")
    private Path work;

    private final Random random = new Random(3);

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        try (WorkFolder home = WorkFolder.create(work, "registry-");
                BenchedService system = new BenchedService(home.path(), service, HEAP, Map.of())) {
            RegistryTables tables = new RegistryTables(versions, figures);
            try (Connection database = system.database()) {
                tables.fill(database);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%,d versions, %,d metric points, %d questions each, %d cores, Java %s%n%n",
                    versions,
                    (long) versions * figures,
                    QUESTIONS,
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version());
            System.out.println("| question | median | 95 of 100 under |\n|---|---|---|");
            ask(system, tables);
            System.out.printf(Locale.ROOT, "%nhighest memory of the service: %d MiB%n", system.peakMemory());
        }
        return 0;
    }

    private void ask(BenchedService system, RegistryTables tables) throws IOException, InterruptedException {
        String all = "/api/models/" + RegistryTables.LARGE + "/versions";
        time(system, "newest 20 of the largest model", () -> all + "?limit=20");
        time(system, "newest 100 of the largest model", () -> all);
        time(system, "best 20 by a figure", () -> all + "?limit=20&sort=" + tables.figure(random));
        time(system, "worst 20 by a figure", () -> all + "?limit=20&reverse=true&sort=" + tables.figure(random));
        String second = next(system, all + "?limit=100&sort=" + tables.figure(new Random(1)));
        String figure = tables.figure(new Random(1));
        time(system, "a later page by a figure", () -> all + "?limit=20&sort=" + figure + "&cursor=" + second);
        time(
                system,
                "best 20 by a figure, of a stage, above a bound of another",
                () -> all + "?limit=20&stage=sft&sort=" + tables.figure(random) + "&figure="
                        + encoded(tables.figure(random) + ">=0.5"));
        time(
                system,
                "best 20 by a figure with a rare tag",
                () -> all + "?limit=20&tag=rare&sort=" + tables.figure(random));
        time(
                system,
                "best 20 by a figure of a dataset version",
                () -> all + "?limit=20&dataset=" + tables.dataset(random) + "&sort=" + tables.figure(random));
        time(system, "newest 20 of a day", () -> {
            String day = tables.day(random);
            return all + "?limit=20&since=" + day + "T00:00:00Z&until=" + day + "T23:59:59Z";
        });
        time(
                system,
                "best 20 by a figure that descend from a version",
                () -> all + "?limit=20&ancestor=" + tables.base(random) + "&sort=" + tables.figure(random));
        time(system, "the version with an alias", () -> all + "?alias=champion");
        time(
                system,
                "the best version by a figure",
                () -> "/api/models/" + RegistryTables.LARGE + "/best?by=" + tables.figure(random));
        time(
                system,
                "5 versions side by side",
                () -> "/api/models/" + RegistryTables.LARGE + "/comparison?version=" + tables.version(random)
                        + "&version="
                        + tables.version(random) + "&version=" + tables.version(random) + "&version="
                        + tables.version(random) + "&version=" + tables.version(random));
        time(
                system,
                "what an alias named at a time",
                () -> "/api/models/" + RegistryTables.LARGE + "/aliases/champion?at=" + tables.day(random)
                        + "T23:59:59Z");
        time(
                system,
                "100 changes of an alias",
                () -> "/api/models/" + RegistryTables.LARGE + "/aliases/champion/history");
        time(system, "lineage of a version", () -> all + "/" + tables.version(random) + "/lineage");
        time(
                system,
                "graph of a base with 100 descendants",
                () -> "/api/models/" + RegistryTables.BASES + "/versions/" + tables.baseNumber(random)
                        + "/lineage/graph");
        time(
                system,
                "20 versions that contain a dataset version",
                () -> "/api/models/versions?limit=20&dataset=" + tables.dataset(random));
        time(system, "the first 100 models", () -> "/api/models");
    }

    private static void time(BenchedService system, String what, Supplier<String> question)
            throws IOException, InterruptedException {
        double[] milliseconds = new double[QUESTIONS];
        for (int i = -WARM_UP; i < QUESTIONS; i++) {
            String path = question.get();
            long start = System.nanoTime();
            system.get(path);
            if (i >= 0) {
                milliseconds[i] = 1e3 * Encoding.seconds(start);
            }
        }
        Arrays.sort(milliseconds);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f ms | %.1f ms |%n",
                what,
                milliseconds[QUESTIONS / 2],
                milliseconds[QUESTIONS * 95 / 100]);
    }

    private static String next(BenchedService system, String path) throws IOException, InterruptedException {
        String page = system.get(path);
        String marker = "\"next\":\"";
        int from = page.lastIndexOf(marker) + marker.length();
        return page.substring(from, page.indexOf('"', from));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
