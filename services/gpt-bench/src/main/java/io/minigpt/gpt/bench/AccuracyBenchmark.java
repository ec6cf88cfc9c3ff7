package io.minigpt.gpt.bench;

import io.minigpt.gpt.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/** What each type of weights costs in accuracy: bits per byte of a trained model on a text that it has not seen. */
record AccuracyBenchmark(Path checkpoint, Path text) implements Benchmark {
    private static final int MOST_TOKENS = 32_768;

    @Override
    public String name() {
        return "accuracy";
    }

    @Override
    public void run(Consumer<Row> table) throws IOException {
        int[] all = Tokenizer.gpt2().encode(Files.readString(text));
        int[] tokens = Arrays.copyOf(all, Math.min(all.length, MOST_TOKENS));
        double reference = 0;
        for (Weights type : Weights.values()) {
            try (LoadedModel model = new LoadedModel(checkpoint, type)) {
                double bitsPerByte = model.bitsPerByte(tokens);
                reference = type == Weights.F32 ? bitsPerByte : reference;
                double change = 100 * (bitsPerByte / reference - 1);
                table.accept(new Row(
                        "accuracy, " + type.label + ", " + tokens.length + " tokens",
                        bitsPerByte,
                        "bits per byte",
                        String.format(Locale.ROOT, "%+.3f %% against f32", change)));
            }
        }
    }
}
