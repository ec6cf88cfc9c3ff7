package io.minigpt.gpt.bench;

import io.minigpt.gpt.configuration.ModelConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Decoding with a cache, alone and in a batch, and prefill, of the 124M model with each type of weights. */
record GenerationBenchmark(String name, Models models, Ceilings ceilings, Optional<LlamaCpp> llamaCpp, int runs)
        implements Benchmark {
    static final String DECODE = "decode";
    static final String PREFILL = "prefill";

    private static final int DECODED = 128;
    private static final int PROMPT = 512;
    private static final int STREAMS = 8;

    @Override
    public void run(Consumer<Row> table) throws IOException {
        for (Weights type : Weights.values()) {
            Path gguf = llamaCpp.isPresent() ? models.gguf(type.gguf) : null;
            try (LoadedModel model = new LoadedModel(models.checkpoint(), type)) {
                if (name.equals(DECODE)) {
                    decode(table, type, model, gguf);
                } else {
                    prefill(table, type, model, gguf);
                }
            }
        }
    }

    private void decode(Consumer<Row> table, Weights type, LoadedModel model, Path gguf) throws IOException {
        double bytes = weights() * type.bytes;
        Comparison alone = Comparison.measure(
                runs,
                () -> model.decode(1, DECODED),
                () -> ceilings.memory() / bytes,
                llamaCpp.map(llama -> () -> llama.decode(gguf, DECODED)));
        table.accept(new Row(
                "decode 124M, " + type.label + ", batch 1, " + DECODED + " tokens",
                alone.ours(),
                "tokens/s",
                Row.share(alone.share(), "memory"),
                alone.llama(),
                alone.ratio()));
        Comparison batch = Comparison.measure(
                runs,
                () -> model.decode(STREAMS, DECODED),
                () -> model.decode(1, DECODED),
                llamaCpp.map(llama -> () -> llama.decode(gguf, STREAMS, DECODED)));
        table.accept(new Row(
                "decode 124M, " + type.label + ", batch " + STREAMS + ", " + DECODED + " tokens each",
                batch.ours(),
                "tokens/s",
                Row.number(batch.share()) + " times batch 1",
                batch.llama(),
                batch.ratio()));
    }

    private void prefill(Consumer<Row> table, Weights type, LoadedModel model, Path gguf) throws IOException {
        Comparison prefill = Comparison.measure(
                runs,
                () -> model.prefill(PROMPT),
                () -> ceilings.products() / operations(),
                llamaCpp.map(llama -> () -> llama.prefill(gguf, PROMPT)));
        table.accept(new Row(
                "prefill 124M, " + type.label + ", " + PROMPT + " tokens",
                prefill.ours(),
                "tokens/s",
                Row.share(prefill.share(), ceilings.productsName()),
                prefill.llama(),
                prefill.ratio()));
    }

    /** Numbers that every decoded token needs: all matrices, the head among them, without the position embedding. */
    private static double weights() {
        return Models.gpt2(1024).parametersWithoutPositions();
    }

    /** Floating point operations of a prompt's token: the layers, and attention to half the prompt; the head only once. */
    private static double operations() {
        ModelConfiguration model = Models.gpt2(1024);
        double layers = weights() - (double) model.vocabularySize() * model.channels();
        return 2 * layers + 2.0 * model.layers() * model.channels() * PROMPT;
    }
}
