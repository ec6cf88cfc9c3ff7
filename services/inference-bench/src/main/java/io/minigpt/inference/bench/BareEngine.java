package io.minigpt.inference.bench;

import io.minigpt.gpt.BatchLimits;
import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationBatch;
import io.minigpt.gpt.GenerationListener;
import io.minigpt.gpt.Generator;
import io.minigpt.gpt.configuration.WeightType;
import java.io.IOException;
import java.nio.file.Path;

/** The engine alone, in this process, with the batch that the service would have. */
final class BareEngine implements AutoCloseable {

    private final Generator generator;
    private final BatchLimits limits;
    private final Shape shape;

    BareEngine(Path checkpoint, BatchLimits limits, Shape shape) throws IOException {
        this.generator = Generator.load(checkpoint, WeightType.INT8, "cpu");
        this.limits = limits;
        this.shape = shape;
    }

    /** Tokens a second of so many sequences at the same time, each followed by another, {@code rounds} times. */
    double tokensPerSecond(int streams, int rounds) {
        long begin = System.nanoTime();
        Count count = new Count();
        int begun = 0;
        try (GenerationBatch batch = generator.newBatch(limits)) {
            while (begun < streams * rounds || batch.running() > 0) {
                while (begun < streams * rounds && batch.running() < streams) {
                    batch.add(shape.request(begun++), count);
                }
                batch.step();
            }
        }
        return count.tokens / ((System.nanoTime() - begin) / 1e9);
    }

    @Override
    public void close() {
        generator.close();
    }

    private static final class Count implements GenerationListener {
        private long tokens;

        @Override
        public void text(String piece) {
            // counted at the end
        }

        @Override
        public void finished(Generation generation) {
            tokens += generation.tokens().size();
        }

        @Override
        public void failed(RuntimeException reason) {
            throw reason;
        }
    }
}
