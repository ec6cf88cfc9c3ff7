package io.minigpt.gpt;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sequences of different lengths and positions that a model continues together, one token each a step. They join and
 * leave between steps, and each step's cost is shared by those who are there.
 *
 * <p>Not thread-safe: one thread adds and steps, and hears the listeners.
 */
public final class GenerationBatch implements AutoCloseable {
    private final DecodingNetwork network;
    private final BatchLimits limits;
    private final List<GeneratingSequence> running = new ArrayList<>();
    private long steps;

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
        sequence.begin(network.cache(sequence.room()), steps);
        running.add(sequence);
    }

    /**
     * Reads prompts, at most as many tokens of them as the limits say, and continues every sequence whose prompt is read
     * by one token. A sequence whose listener has cancelled or throws leaves; if the model cannot compute, all fail.
     */
    public void step() {
        steps++;
        running.forEach(GeneratingSequence::heedCancellation);
        leave();
        List<GeneratingSequence> decoding = new ArrayList<>();
        List<GeneratingSequence> reading = new ArrayList<>();
        running.forEach(sequence -> (sequence.unseen() == 1 ? decoding : reading).add(sequence));
        try {
            compute(shares(reading), decoding);
        } catch (RuntimeException e) {
            running.stream().filter(sequence -> !sequence.ended()).forEach(sequence -> sequence.fail(e));
        }
        leave();
    }

    /** Prompts and tokens share one pass over the weights, unless either is to be computed in a way of its own. */
    private void compute(Map<GeneratingSequence, Integer> reading, List<GeneratingSequence> decoding) {
        Map<GeneratingSequence, Integer> together = new LinkedHashMap<>();
        decoding.stream().filter(sequence -> !sequence.deterministic()).forEach(sequence -> together.put(sequence, 1));
        boolean apart = network.readsApart() || reading.keySet().stream().anyMatch(GeneratingSequence::deterministic);
        if (apart) {
            feed(reading, true);
            feed(together, false);
        } else {
            together.putAll(reading);
            feed(together, !reading.isEmpty());
        }
        decoding.stream().filter(GeneratingSequence::deterministic).forEach(alone -> feed(Map.of(alone, 1), false));
    }

    /** Whose prompts may be read in this step, in the order in which they joined: a deterministic one alone, or others. */
    private static List<GeneratingSequence> turn(List<GeneratingSequence> reading) {
        GeneratingSequence next = Collections.min(reading, comparingLong(GeneratingSequence::lastTurn));
        if (next.deterministic()) {
            return List.of(next);
        }
        return reading.stream().filter(sequence -> !sequence.deterministic()).toList();
    }

    /**
     * How many tokens are read of each: half of them of the one that waits the longest, so that it gets on, and the others
     * of the shortest rests, so that a short prompt need not wait for a long one before it.
     */
    private Map<GeneratingSequence, Integer> shares(List<GeneratingSequence> reading) {
        Map<GeneratingSequence, Integer> shares = new LinkedHashMap<>();
        if (reading.isEmpty()) {
            return shares;
        }
        List<GeneratingSequence> turn = turn(reading);
        turn.forEach(sequence -> sequence.hasItsTurn(steps));
        int half = Math.min(turn.getFirst().unseen(), (limits.promptTokens() + 1) / 2);
        shares.put(turn.getFirst(), half);
        int left = limits.promptTokens() - half;
        List<GeneratingSequence> shortestFirst =
                turn.stream().sorted(comparingInt(GeneratingSequence::unseen)).toList();
        for (GeneratingSequence sequence : shortestFirst) {
            int share = Math.min(left, sequence.unseen() - shares.getOrDefault(sequence, 0));
            if (share > 0) {
                shares.merge(sequence, share, Integer::sum);
                left -= share;
            }
        }
        return shares;
    }

    private void feed(Map<GeneratingSequence, Integer> shares, boolean reading) {
        if (!shares.isEmpty()) {
            List<GeneratingSequence> fed = List.copyOf(shares.keySet());
            accept(
                    fed,
                    network.step(
                            fed.stream()
                                    .map(sequence -> sequence.feed(shares.get(sequence)))
                                    .toList(),
                            reading));
        }
    }

    private void accept(List<GeneratingSequence> fed, float[] logits) {
        for (int row = 0; row < fed.size(); row++) {
            if (fed.get(row).unseen() == 0) {
                fed.get(row).accept(logits, row * network.configuration().vocabularySize());
            }
        }
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
    }
}
