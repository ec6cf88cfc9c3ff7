package io.minigpt.gpt;

import ai.djl.ndarray.NDArray;
import io.minigpt.gpt.DecodingNetwork.Feed;
import java.util.ArrayList;
import java.util.List;

/**
 * Sequences of different lengths and positions that a model continues together, one token each a step. They join and
 * leave between steps, and each step's cost is shared by those who are there.
 *
 * <p>Not thread-safe: one thread adds and steps, and hears the listeners.
 */
public final class GenerationBatch implements AutoCloseable {
    /** Prompt tokens read between two tokens of the others, so that a long prompt does not hold them up for long. */
    private static final int PROMPT_TOKENS = 512;

    private final DecodingNetwork network;
    private final BatchLimits limits;
    private final List<GeneratingSequence> running = new ArrayList<>();
    private NDArray padding;

    GenerationBatch(DecodingNetwork network, BatchLimits limits) {
        this.network = network;
        this.limits = limits;
    }

    /** The number of sequences that have not ended. */
    public int running() {
        return running.size();
    }

    /** The number of tokens that the caches have room for. */
    public long cachedTokens() {
        return running.stream().mapToLong(GeneratingSequence::room).sum();
    }

    /** The most memory that the caches can come to take, in bytes. */
    public long cacheBytes() {
        return cachedTokens() * network.cacheBytesPerToken();
    }

    /** Whether {@link #add} has room for a request now. An empty batch has room for any. */
    public boolean hasRoom(GenerationRequest request) {
        int room = GeneratingSequence.room(request, network.configuration().blockSize());
        return running.isEmpty() || running.size() < limits.rows() && cachedTokens() + room <= limits.cachedTokens();
    }

    /**
     * Adds a sequence; its prompt is read in the next steps.
     *
     * @throws IllegalArgumentException if the prompt does not fit the model's context and the context may not slide
     * @throws IllegalStateException if there is no room for it now, or the model was closed
     */
    public void add(GenerationRequest request, GenerationListener listener) {
        int blockSize = network.configuration().blockSize();
        GeneratingSequence sequence = new GeneratingSequence(request, listener, blockSize);
        if (!hasRoom(request)) {
            throw new IllegalStateException("the batch is full: it has " + running.size() + " of " + limits.rows()
                    + " rows and " + cachedTokens() + " of " + limits.cachedTokens() + " tokens");
        }
        sequence.begin(network.cache(sequence.room()));
        running.add(sequence);
    }

    /**
     * Reads prompts, at most {@value #PROMPT_TOKENS} tokens of them, and continues every sequence whose prompt is read by
     * one token. A sequence whose listener has cancelled or throws leaves; if the model cannot compute, all fail.
     */
    public void step() {
        running.forEach(GeneratingSequence::heedCancellation);
        leave();
        List<GeneratingSequence> decoding = new ArrayList<>();
        List<GeneratingSequence> reading = new ArrayList<>();
        running.forEach(sequence -> (sequence.unseen() == 1 ? decoding : reading).add(sequence));
        try {
            read(reading);
            decode(decoding);
        } catch (RuntimeException e) {
            running.stream().filter(sequence -> !sequence.ended()).forEach(sequence -> sequence.fail(e));
        }
        leave();
    }

    private void read(List<GeneratingSequence> reading) {
        List<GeneratingSequence> read = new ArrayList<>();
        List<Feed> feeds = new ArrayList<>();
        int left = PROMPT_TOKENS;
        for (GeneratingSequence sequence : reading) {
            if (left > 0) {
                Feed feed = sequence.feed(left);
                left = limits.deterministic() ? 0 : left - feed.tokens().length;
                read.add(sequence);
                feeds.add(feed);
            }
        }
        if (!feeds.isEmpty()) {
            accept(read, network.step(feeds, true));
        }
    }

    private void decode(List<GeneratingSequence> decoding) {
        if (decoding.isEmpty()) {
            return;
        }
        List<Feed> feeds = new ArrayList<>();
        decoding.forEach(sequence -> feeds.add(sequence.feed(1)));
        while (limits.deterministic() && feeds.size() < limits.rows()) {
            feeds.add(new Feed(new int[1], 0, padding()));
        }
        accept(decoding, network.step(feeds, false));
    }

    private void accept(List<GeneratingSequence> fed, float[] logits) {
        for (int row = 0; row < fed.size(); row++) {
            if (fed.get(row).unseen() == 0) {
                fed.get(row).accept(logits, row * network.configuration().vocabularySize());
            }
        }
    }

    /** What a row that belongs to nobody reads and writes. */
    private NDArray padding() {
        if (padding == null) {
            padding = network.cache(1);
        }
        return padding;
    }

    private void leave() {
        running.stream().filter(GeneratingSequence::ended).forEach(GeneratingSequence::releaseCache);
        running.removeIf(GeneratingSequence::ended);
    }

    /** Gives the caches' memory back; sequences that have not ended hear no more. */
    @Override
    public void close() {
        running.forEach(GeneratingSequence::releaseCache);
        running.clear();
        if (padding != null) {
            padding.close();
            padding = null;
        }
    }
}
