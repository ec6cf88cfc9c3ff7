package io.minigpt.inference.bench;

import io.minigpt.gpt.BatchLimits;
import io.minigpt.gpt.Trainer;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.gpt.torch.TorchRuntime;
import io.minigpt.platform.servers.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the packaged service under load: with a fixed number of streams, in turns with the bare engine in the same
 * batch, and with streams that arrive at random whether or not others have ended.
 */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Prints how fast the service answers.")
public final class InferenceBench implements Callable<Integer> {

    /** The service's own limits by default, with its reading of prompts. */
    private static final BatchLimits LIMITS = new BatchLimits(32, 16_384, 32);

    /** Before what counts: until both JVMs have compiled what they run. */
    private static final int WARM_UP_STREAMS = 8;

    private static final int WARM_UP_ROUNDS = 40;

    @Option(names = "--services", required = true, paramLabel = "<folder>", description = "Folder of the services.")
    private Path services;

    @Option(names = "--work", required = true, paramLabel = "<folder>", description = "Folder for what is written.")
    private Path work;

    @Option(names = "--streams", split = ",", defaultValue = "1,8,32", description = "Streams (default: 1,8,32).")
    private List<Integer> streams;

    @Option(names = "--runs", defaultValue = "5", description = "Measurements of each (default: 5).")
    private int runs;

    @Option(names = "--tokens", defaultValue = "128", description = "Tokens of a text (default: 128).")
    private int tokens;

    @Option(names = "--prompt", defaultValue = "32", description = "Tokens of a prompt (default: 32).")
    private int prompt;

    @Option(names = "--seconds", defaultValue = "60", description = "Time of arriving streams (default: 60).")
    private int seconds;

    @Option(names = "--layers", defaultValue = "12", description = "Layers of the model (default: 12, GPT-2's 124M).")
    private int layers;

    @Option(names = "--threads", description = "Threads of the engine, one where others work too (default: all cores).")
    private int threads = Runtime.getRuntime().availableProcessors();

    InferenceBench() {}

    /** Runs the benchmark and exits. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new InferenceBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        TorchRuntime.threads(threads);
        Path home = Files.createTempDirectory(Files.createDirectories(work), "inference-");
        Shape shape = new Shape(prompt, tokens);
        Path checkpoint = checkpoint(home.resolve("checkpoint"));
        try (InferenceSystem system = new InferenceSystem(services, home, checkpoint, threads);
                BareEngine engine = new BareEngine(checkpoint, LIMITS, shape);
                Streams client = new Streams(system.completions(), InferenceSystem.MODEL, shape)) {
            client.atATime(WARM_UP_STREAMS, WARM_UP_ROUNDS);
            double capacity = fixed(client, engine);
            arriving(client, capacity);
        }
        FileTree.delete(home);
        return 0;
    }

    /** Random weights cost what trained ones cost. */
    private Path checkpoint(Path folder) throws IOException {
        ModelConfiguration model =
                ModelConfiguration.of(Map.of("n_layer", layers, "n_head", 12, "n_embd", 768, "block_size", 1024));
        TrainingConfiguration training =
                TrainingConfiguration.of(Map.of("batch_size", 1, "device", "cpu", "learning_rate", 1e-4));
        try (Trainer trainer = Trainer.scratch(model, training)) {
            trainer.save(folder, Map.of());
        }
        return folder;
    }

    /**
     * Measures all numbers of streams in turns, so that what the machine has left at a time is left to each of them.
     *
     * @return tokens a second with the most streams
     */
    private double fixed(Streams client, BareEngine engine) throws IOException, InterruptedException {
        List<FixedLoad> loads = streams.stream().map(FixedLoad::new).toList();
        for (int run = 0; run < runs; run++) {
            for (FixedLoad load : loads) {
                load.measure(client, engine);
            }
        }
        System.out.println(FixedLoad.HEADER);
        loads.forEach(load -> System.out.println(load.row()));
        return loads.stream().mapToDouble(FixedLoad::tokensPerSecond).max().orElseThrow();
    }

    private void arriving(Streams client, double capacity) throws IOException, InterruptedException {
        System.out.println(
                "\n| streams arrive, of what the most streams were answered with | tokens/s |"
                        + " to the first piece, ms: 50 %, 99 % | between tokens, ms: 50 %, 99 % | refused |\n|---|---|---|---|---|");
        for (double share : List.of(0.4, 0.8)) {
            Load load = client.arriving(share * capacity / tokens, Duration.ofSeconds(seconds));
            System.out.printf(
                    Locale.ROOT,
                    "| %.0f %% | %.0f | %s | %s | %d |%n",
                    100 * share,
                    load.tokensPerSecond(),
                    load.toFirst(),
                    load.between(),
                    load.refused());
        }
    }
}
