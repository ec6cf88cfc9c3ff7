package io.minigpt.inference.device;

import io.minigpt.gpt.BatchLimits;
import io.minigpt.gpt.GenerationListener;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.Generator;
import io.minigpt.gpt.ScoringBatch;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.torch.TorchRuntime;
import io.minigpt.inference.LanguageModel;
import java.util.concurrent.Executor;

/** A model of the engine. A process that is told to stop waits until it is closed, so that running answers can end. */
final class GptLanguageModel implements LanguageModel {

    private final Generator generator;
    private final ScoringBatch batch;
    private final Executor thread;
    private final TorchRuntime.Hold hold;

    /** @param thread where it computes */
    GptLanguageModel(Generator generator, BatchLimits limits, Executor thread) {
        this.thread = thread;
        this.generator = generator;
        this.batch = generator.newScoringBatch(limits);
        this.hold = TorchRuntime.hold();
    }

    @Override
    public Executor thread() {
        return thread;
    }

    @Override
    public int context() {
        return generator.model().blockSize();
    }

    @Override
    public PairTemplate template() {
        return generator.checkpoint().template();
    }

    @Override
    public boolean hasRoom(GenerationRequest request) {
        return batch.hasRoom(request);
    }

    @Override
    public void begin(GenerationRequest request, GenerationListener listener) {
        batch.add(request, listener);
    }

    @Override
    public void step() {
        batch.step();
    }

    @Override
    public void close() {
        batch.close();
        generator.close();
        hold.close();
    }
}
