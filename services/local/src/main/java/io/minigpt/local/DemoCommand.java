package io.minigpt.local;

import io.minigpt.local.demo.MainJob;
import io.minigpt.local.demo.PipelineRequest;
import io.minigpt.local.system.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Start the system, make a model from a corpus, and report on it. The system stays up.")
final class DemoCommand implements Callable<Integer> {
    private static final String SAMPLES = "samples";

    @Mixin
    private SystemOptions options;

    @Option(
            names = "--corpus",
            paramLabel = "<file>",
            description = "Documents, JSON lines with \"text\" (default: config/samples/documents.jsonl).")
    private Path corpus;

    @Option(
            names = "--questions",
            paramLabel = "<file>",
            description = "Curated questions, JSON lines with \"question\" and \"answer\""
                    + " (default: those of the samples; none with a corpus of your own).")
    private Path questions;

    @Option(
            names = "--name",
            paramLabel = "<name>",
            description = "Name of corpus, run and model (default: samples, or the name of the corpus file).")
    private String name;

    @Option(
            names = "--model",
            paramLabel = "<preset>",
            defaultValue = "demo",
            description = "Preset of config/model (default: demo).")
    private String modelPreset;

    @Option(
            names = "--pretraining",
            paramLabel = "<preset>",
            defaultValue = "demo-pretrain",
            description = "Preset of config/training (default: demo-pretrain).")
    private String pretrainingPreset;

    @Option(
            names = "--fine-tuning",
            paramLabel = "<preset>",
            defaultValue = "demo-sft",
            description = "Preset of config/training (default: demo-sft).")
    private String sftPreset;

    @Option(names = "-P", paramLabel = "<key=value>", description = "Replaces a setting of the pretraining preset.")
    private Map<String, String> pretrainingOverrides = new LinkedHashMap<>();

    @Option(names = "-F", paramLabel = "<key=value>", description = "Replaces a setting of the fine-tuning preset.")
    private Map<String, String> sftOverrides = new LinkedHashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        Installation installation = options.installation();
        Path samples = installation.root().resolve("config/samples");
        Path documents = readable(corpus == null ? samples.resolve("documents.jsonl") : corpus);
        Path curated = curated(samples);
        String runName = name == null ? defaultName() : name;
        PipelineRequest request = new PipelineRequest(
                runName,
                runName,
                null,
                modelPreset,
                pretrainingPreset,
                sftPreset,
                pretrainingOverrides,
                sftOverrides,
                "champion");

        GoodBye goodBye = new GoodBye();
        Runtime.getRuntime().addShutdownHook(goodBye);
        try {
            options.system().up();
            new MainJob(installation, System.out).run(request, documents, curated);
        } finally {
            goodBye.cancel();
        }
        return 0;
    }

    private Path curated(Path samples) {
        if (questions != null) {
            return readable(questions);
        }
        return corpus == null ? readable(samples.resolve("questions.jsonl")) : null;
    }

    private String defaultName() {
        if (corpus == null) {
            return SAMPLES;
        }
        String file = corpus.getFileName().toString().toLowerCase(Locale.ROOT);
        String plain =
                file.replaceAll("\\..*", "").replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        if (plain.isEmpty()) {
            throw Refusal.notPossible("No name can be made from " + corpus + ": give one with NAME=.");
        }
        return plain;
    }

    private static Path readable(Path file) {
        if (!Files.isReadable(file)) {
            throw Refusal.notPossible("The file " + file + " does not exist or cannot be read.");
        }
        return file;
    }

    /** Says on Ctrl-C that nothing is lost. */
    private static final class GoodBye extends Thread {
        private volatile boolean cancelled;

        void cancel() {
            cancelled = true;
        }

        @Override
        public void run() {
            if (!cancelled) {
                System.out.println();
                System.out.println("The system and the run go on without this display: the same command follows the run"
                        + " again, \"make down\" stops the system.");
            }
        }
    }
}
