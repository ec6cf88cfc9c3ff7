package io.minigpt.gpt.bench;

import io.minigpt.gpt.Trainer;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.data.RandomWindows;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Whole training steps: forward, backward, clipping, AdamW. */
record TrainingBenchmark(
        String name, String what, ModelConfiguration model, int batch, Models models, Ceilings ceilings, int runs)
        implements Benchmark {
    static TrainingBenchmark gpt2(Models models, Ceilings ceilings, int runs) {
        return new TrainingBenchmark(
                "train-124m", "training 124M, batch 8 x 256", Models.gpt2(256), 8, models, ceilings, runs);
    }

    static TrainingBenchmark small(Models models, Ceilings ceilings, int runs) {
        ModelConfiguration model =
                ModelConfiguration.of(Map.of("n_layer", 6, "n_head", 6, "n_embd", 384, "block_size", 256));
        return new TrainingBenchmark(
                "train-small", "training 6 layers, 384 channels, batch 12 x 256", model, 12, models, ceilings, runs);
    }

    @Override
    public void run(Consumer<Row> table) throws IOException {
        RandomWindows data = models.data(batch, model.blockSize());
        try (Trainer trainer = Trainer.scratch(model, Models.training(batch))) {
            Comparison steps = Comparison.measure(
                    runs,
                    () -> trainer.step(data).tokensPerSecond(),
                    () -> ceilings.products() / model.trainingFlops(),
                    Optional.empty());
            table.accept(new Row(what, steps.ours(), "tokens/s", Row.share(steps.share(), ceilings.productsName())));
        }
    }
}
