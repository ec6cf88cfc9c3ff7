package io.minigpt.gpt.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.minigpt.gpt.Evaluation;
import io.minigpt.gpt.StepMetrics;
import io.minigpt.gpt.Trainer;
import io.minigpt.gpt.TrainingLoop;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.gpt.data.FixedWindows;
import io.minigpt.gpt.data.RandomWindows;
import io.minigpt.gpt.data.TokenFile;
import io.minigpt.gpt.text.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How both architectures learn the same documents, with equally many weights, the same batches and learning rates.
 *
 * @param corpus JSON lines with a {@code text}; every tenth document is for validation
 * @param work where the two models stay, as {@code learned-gpt2} and {@code learned-modern}, with {@code unseen.txt}
 */
record LearningBenchmark(Path corpus, Path work) implements Benchmark {
    private static final int BLOCK = 256;
    private static final int BATCH = 8;
    private static final int STEPS = 200;
    private static final int VALIDATION_EVERY = 10;

    /** The seed's shape, and one for two embeddings instead of one: 44.9 and 44.5 million weights. */
    private static final List<Map<String, ?>> SHAPES = List.of(
            Map.of("architecture", "gpt2", "n_layer", 6, "n_head", 8, "n_embd", 512),
            Map.of("architecture", "modern", "n_layer", 10, "n_head", 5, "n_embd", 320));

    @Override
    public String name() {
        return "learn";
    }

    @Override
    public void run(Consumer<Row> table) throws IOException {
        Files.createDirectories(work);
        Path train = work.resolve("train.bin");
        Path validation = work.resolve("validation.bin");
        split(train, validation);
        try (TokenFile trainTokens = new TokenFile(train);
                TokenFile validationTokens = new TokenFile(validation)) {
            for (Map<String, ?> shape : SHAPES) {
                ModelConfiguration model =
                        ModelConfiguration.of(shape).with(Map.of("block_size", BLOCK, "dropout", 0.2));
                learn(model, trainTokens, validationTokens, table);
            }
        }
    }

    private void split(Path train, Path validation) throws IOException {
        JsonMapper json = new JsonMapper();
        List<int[]> training = new ArrayList<>();
        List<int[]> held = new ArrayList<>();
        StringBuilder unseen = new StringBuilder();
        int number = 0;
        for (String line : Files.readAllLines(corpus)) {
            String text = json.readTree(line).get("text").asText();
            boolean holdOut = number++ % VALIDATION_EVERY == 0;
            (holdOut ? held : training).add(Tokenizer.gpt2().encode(text));
            unseen.append(holdOut ? text + "\n" : "");
        }
        write(train, training);
        write(validation, held);
        Files.writeString(work.resolve("unseen.txt"), unseen);
    }

    private static void write(Path file, List<int[]> documents) throws IOException {
        int tokens = documents.stream().mapToInt(each -> each.length + 1).sum();
        ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * tokens).order(ByteOrder.LITTLE_ENDIAN);
        for (int[] document : documents) {
            for (int id : document) {
                bytes.putShort((short) id);
            }
            bytes.putShort((short) Tokenizer.END_OF_TEXT);
        }
        Files.write(file, bytes.array());
    }

    private void learn(ModelConfiguration model, TokenFile train, TokenFile validation, Consumer<Row> table)
            throws IOException {
        TrainingConfiguration training = TrainingConfiguration.of(Map.of(
                "batch_size",
                BATCH,
                "learning_rate",
                1e-3,
                "beta2",
                0.99,
                "warmup_iters",
                STEPS / 10,
                "max_iters",
                STEPS,
                "eval_interval",
                STEPS / 10,
                "eval_iters",
                16,
                "device",
                "cpu"));
        FixedWindows windows = new FixedWindows(validation, BATCH, BLOCK, training.evaluationBatches());
        try (Trainer trainer = Trainer.scratch(model, training)) {
            new TrainingLoop(trainer, new RandomWindows(train, BATCH, BLOCK, 1), windows, windows.size())
                    .run(new Curve(model, trainer, table));
            Path checkpoint = work.resolve("learned-" + architecture(model));
            if (Files.exists(checkpoint)) {
                Models.delete(checkpoint);
            }
            trainer.save(checkpoint, Map.of());
        }
    }

    private static String architecture(ModelConfiguration model) {
        return model.architecture().name().toLowerCase(Locale.ROOT);
    }

    /** A row for each evaluation. */
    private static final class Curve implements TrainingLoop.Listener {
        private final String model;
        private final Trainer trainer;
        private final Consumer<Row> table;
        private double sum;
        private int measured;

        Curve(ModelConfiguration model, Trainer trainer, Consumer<Row> table) {
            this.model = String.format(
                    Locale.ROOT, "learning, %s, %.1f M weights", architecture(model), model.parameters() / 1e6);
            this.trainer = trainer;
            this.table = table;
        }

        @Override
        public void measured(StepMetrics metrics) {
            sum += metrics.loss();
            measured++;
        }

        @Override
        public void evaluated(Evaluation evaluation, boolean best) {
            String besides = String.format(Locale.ROOT, "%.3f bits per byte", evaluation.bitsPerByte());
            if (measured > 0) {
                besides += String.format(Locale.ROOT, "; %.3f on training data", sum / measured);
            }
            table.accept(
                    new Row(model + ", step " + trainer.step(), evaluation.loss(), "nats on unseen text", besides));
            sum = 0;
            measured = 0;
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }
}
