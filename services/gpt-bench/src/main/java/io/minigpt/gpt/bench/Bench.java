package io.minigpt.gpt.bench;

import io.minigpt.gpt.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmarks: a markdown table of medians, beside the machine's own ceilings and, if there is one, llama.cpp. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Prints how fast the model is, as a markdown table.")
public final class Bench implements Callable<Integer> {
    @Option(
            names = "--only",
            split = ",",
            paramLabel = "<name>",
            description = "train-124m, train-small, decode, prefill, save, accuracy, learn (default: all).")
    private List<String> only = List.of();

    @Option(names = "--llama-cpp", paramLabel = "<folder>", description = "A build of llama.cpp to compare with.")
    private Path llamaCpp;

    @Option(names = "--model", paramLabel = "<checkpoint>", description = "A trained model, for the accuracy.")
    private Path model;

    @Option(
            names = "--corpus",
            paramLabel = "<file>",
            description = "JSON lines with a text to learn from: half an hour on 2 cores.")
    private Path corpus;

    @Option(names = "--text", paramLabel = "<file>", description = "A text that it has not seen, for the accuracy.")
    private Path text;

    @Option(names = "--runs", paramLabel = "<n>", defaultValue = "5", description = "Measurements a row (default: 5).")
    private int runs;

    @Option(
            names = "--work",
            paramLabel = "<folder>",
            defaultValue = "bench-work",
            description = "Folder for 4 GB of models while it runs; its disk is the one that is measured.")
    private Path work;

    Bench() {}

    /** Runs the benchmarks and exits. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        TorchRuntime.threads(Machine.cores());
        System.out.println(Machine.description());
        Path folder = Files.createTempDirectory(Files.createDirectories(work), "models-");
        Models models = new Models(folder);
        try (Ceilings ceilings = new Ceilings()) {
            System.out.println(ceilings.description());
            System.out.println();
            System.out.print(Row.HEADER);
            for (Benchmark benchmark : benchmarks(models, ceilings)) {
                if (only.isEmpty() || only.contains(benchmark.name())) {
                    benchmark.run(row -> System.out.println(row.markdown()));
                }
            }
        } finally {
            Models.delete(folder);
        }
        return 0;
    }

    private List<Benchmark> benchmarks(Models models, Ceilings ceilings) {
        Optional<LlamaCpp> llama = Optional.ofNullable(llamaCpp).map(LlamaCpp::new);
        List<Benchmark> benchmarks = new ArrayList<>();
        benchmarks.add(TrainingBenchmark.gpt2(models, ceilings, runs));
        benchmarks.add(TrainingBenchmark.small(models, ceilings, runs));
        benchmarks.add(new GenerationBenchmark(GenerationBenchmark.DECODE, models, ceilings, llama, runs));
        benchmarks.add(new GenerationBenchmark(GenerationBenchmark.PREFILL, models, ceilings, llama, runs));
        benchmarks.add(new CheckpointBenchmark(models, runs));
        if (model != null && text != null) {
            benchmarks.add(new AccuracyBenchmark(model, text));
        }
        if (corpus != null) {
            benchmarks.add(new LearningBenchmark(corpus, work));
        }
        return benchmarks;
    }
}
