package io.minigpt.gpt;

import ai.djl.ndarray.NDArray;
import io.minigpt.gpt.DecodingNetwork.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A prompt whose tokens' probabilities are on their way, before its text begins. */
final class PromptScoring {
    private final GenerationRequest request;
    private final GenerationListener listener;
    private final DecodingNetwork network;
    private final List<TokenProbability> probabilities = new ArrayList<>();
    private NDArray cache;
    private boolean left;

    PromptScoring(GenerationRequest request, GenerationListener listener, DecodingNetwork network) {
        this.request = request;
        this.listener = listener;
        this.network = network;
        // nothing comes before the first token
        probabilities.add(new TokenProbability(request.prompt()[0], Double.NaN, List.of()));
    }

    GenerationRequest request() {
        return request;
    }

    GenerationListener listener() {
        return listener;
    }

    /** Whether every token's probability is known. */
    boolean complete() {
        return probabilities.size() == request.prompt().length;
    }

    /** Whether it needs nothing more: it was told all that it wants, cancelled, or has failed. */
    boolean left() {
        return left;
    }

    /**
     * Reads the next tokens, at most so many. Each is a feed of its own, so that the network gives the logits after
     * every one of them; they share a cache, in which each finds those before it.
     */
    void read(int most) {
        int[] prompt = request.prompt();
        int begin = probabilities.size() - 1;
        int count = Math.min(most, prompt.length - 1 - begin);
        if (count > 0) {
            cache = cache == null ? network.cache(prompt.length) : cache;
            List<Feed> feeds = IntStream.range(begin, begin + count)
                    .mapToObj(at -> new Feed(new int[] {prompt[at]}, at, cache))
                    .toList();
            float[] logits = network.step(feeds, false);
            for (int row = 0; row < count; row++) {
                add(
                        prompt[begin + row + 1],
                        LogProbabilities.of(
                                logits, row * network.configuration().vocabularySize()));
            }
        }
        if (complete()) {
            releaseCache();
        }
    }

    /** Tells the probabilities, and the end too if nothing is to be generated. */
    void tell() {
        probabilities.forEach(listener::token);
        if (request.maxNewTokens() == 0) {
            finish(FinishReason.LENGTH);
        }
    }

    /** Ends it if its listener no longer wants it. */
    void heedCancellation() {
        if (listener.cancelled()) {
            finish(FinishReason.CANCELLED);
        }
    }

    void fail(RuntimeException reason) {
        left = true;
        releaseCache();
        listener.failed(reason);
    }

    /** Gives the cache's memory back. */
    void releaseCache() {
        if (cache != null) {
            cache.close();
            cache = null;
        }
    }

    private void finish(FinishReason reason) {
        left = true;
        releaseCache();
        listener.finished(new Generation("", List.of(), request.prompt().length, reason, List.of()));
    }

    private void add(int id, LogProbabilities place) {
        probabilities.add(new TokenProbability(id, place.of(id), place.likeliest(Math.max(0, request.alternatives()))));
    }
}
