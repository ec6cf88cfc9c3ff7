package io.minigpt.gpt;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A {@link GenerationBatch} that also tells how probable prompts are, if requests ask for that: such a prompt is read for
 * its probabilities first, a part in each step and one prompt after the other, and then its text joins the others.
 *
 * <p>Not thread-safe: one thread adds and steps, and hears the listeners.
 */
public final class ScoringBatch implements AutoCloseable {
    private final DecodingNetwork network;
    private final GenerationBatch batch;
    private final BatchLimits limits;
    private final Deque<PromptScoring> scoring = new ArrayDeque<>();

    ScoringBatch(DecodingNetwork network, BatchLimits limits) {
        this.network = network;
        this.batch = new GenerationBatch(network, limits);
        this.limits = limits;
    }

    /** Whether {@link #add} has room for a request now. A prompt that waits for room itself lets no other pass. */
    public boolean hasRoom(GenerationRequest request) {
        boolean waits = !scoring.isEmpty() && scoring.element().complete();
        return !waits && scoring.size() + batch.running() < limits.rows() && batch.hasRoom(request);
    }

    /**
     * Adds a request; its prompt is read in the next steps.
     *
     * @throws IllegalArgumentException if the prompt does not fit the model's context and the context may not slide, or
     *     its probabilities are wanted
     * @throws IllegalStateException if there is no room for it now, or the model was closed
     */
    public void add(GenerationRequest request, GenerationListener listener) {
        if (!request.promptProbabilities()) {
            batch.add(request, listener);
            return;
        }
        int blockSize = network.configuration().blockSize();
        Sampling.require(
                request.prompt().length <= blockSize,
                "prompt",
                request.prompt().length + " tokens long",
                "at most " + blockSize + ", which is what the model sees");
        scoring.add(new PromptScoring(request, listener, network));
    }

    /** Reads a part of a prompt whose probabilities are wanted, if there is one, and steps the others. */
    public void step() {
        scoring.forEach(PromptScoring::heedCancellation);
        scoring.removeIf(PromptScoring::left);
        if (!scoring.isEmpty()) {
            advance(scoring.element());
        }
        if (batch.running() > 0) {
            batch.step();
        }
    }

    private void advance(PromptScoring first) {
        try {
            if (!first.complete()) {
                first.read(limits.promptTokens());
            }
            if (first.complete() && (first.request().maxNewTokens() == 0 || batch.hasRoom(first.request()))) {
                scoring.remove();
                first.tell();
                if (!first.left()) {
                    batch.add(first.request(), first.listener());
                }
            }
        } catch (RuntimeException e) {
            scoring.remove(first);
            first.fail(e);
        }
    }

    /** Gives the caches' memory back; requests that have not ended hear no more. */
    @Override
    public void close() {
        scoring.forEach(PromptScoring::releaseCache);
        scoring.clear();
        batch.close();
    }
}
