package io.minigpt.gpt;

import ai.djl.ndarray.NDArray;
import io.minigpt.gpt.DecodingNetwork.Feed;
import io.minigpt.gpt.GenerationRequest.ContextOverflow;
import io.minigpt.gpt.text.TextStream;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.gpt.text.Utf8Mask;
import java.util.ArrayList;
import java.util.List;

/** One request on its way: its tokens, the model's cache of them, and the text that they have become. */
final class GeneratingSequence {
    private final GenerationRequest request;
    private final GenerationListener listener;
    private final int blockSize;
    private final Sampler sampler;
    private final Utf8Mask mask;
    private final TextStream stream;
    private final TokenHistory history;
    private final List<TokenProbability> probabilities = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private NDArray cache;
    /** Where the context, what the model sees, begins in the history. */
    private int begin;
    /** How many tokens of the context the cache has. */
    private int cached;

    /** The step in which its prompt could be read last, or in which it joined. */
    private long lastTurn;

    private FinishReason finishReason;
    private boolean failed;

    /** @throws IllegalArgumentException if the prompt does not fit the context, which may not slide */
    GeneratingSequence(GenerationRequest request, GenerationListener listener, int blockSize) {
        this.request = request;
        this.listener = listener;
        this.blockSize = blockSize;
        this.sampler = new Sampler(request.sampling());
        this.mask = request.wellFormed() ? new Utf8Mask() : Utf8Mask.off();
        this.stream = new TextStream(request.stop(), request.repetition());
        this.history = new TokenHistory(request.prompt());
        if (history.size() > blockSize) {
            Sampling.require(
                    request.overflow() == ContextOverflow.SLIDE,
                    "prompt",
                    history.size() + " tokens long",
                    "at most " + blockSize + ", which is what the model sees");
            slide();
        }
    }

    boolean ended() {
        return finishReason != null || failed;
    }

    /** The number of tokens that the cache must have room for. */
    int room() {
        return room(request, blockSize);
    }

    /** The same for a request in a context of so many tokens. */
    static int room(GenerationRequest request, int blockSize) {
        return (int) Math.min(blockSize, request.prompt().length + (long) request.maxNewTokens());
    }

    /** Begins, with an empty cache of {@link #room} tokens. */
    void begin(NDArray cache, long step) {
        this.cache = cache;
        this.lastTurn = step;
    }

    /** Gives the cache's memory back. */
    void releaseCache() {
        if (cache != null) {
            cache.close();
            cache = null;
        }
    }

    /** How many tokens the model has not seen yet: 1 while it decodes, more while it reads the prompt. */
    int unseen() {
        return history.size() - begin - cached;
    }

    /** Whether it is to be computed alone. */
    boolean deterministic() {
        return request.deterministic();
    }

    /** The step in which its prompt could be read last, or in which it joined. */
    long lastTurn() {
        return lastTurn;
    }

    /** Its prompt can be read in this step. */
    void hasItsTurn(long step) {
        lastTurn = step;
    }

    /** The next tokens that it has not seen, at most so many; they count as seen from now on. */
    Feed feed(int most) {
        int count = Math.min(most, unseen());
        int from = begin + cached;
        Feed feed = new Feed(history.slice(from, from + count), cached, cache);
        cached += count;
        return feed;
    }

    /** Ends it if its listener no longer wants it. */
    void heedCancellation() {
        try {
            if (listener.cancelled()) {
                finish(FinishReason.CANCELLED);
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Takes the logits that follow the last token: one more token. */
    void accept(float[] logits, int offset) {
        try {
            advance(logits, offset);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Ends it with a reason that is no end of its text. */
    void fail(RuntimeException reason) {
        failed = true;
        listener.failed(reason);
    }

    private void advance(float[] logits, int offset) {
        int generated = history.size() - request.prompt().length;
        LogProbabilities before = request.wantsProbabilities() ? LogProbabilities.of(logits, offset) : null;
        List<TokenProbability.Alternative> likeliest =
                before == null ? List.of() : before.likeliest(request.alternatives());
        int id = sampler.sample(logits, offset, mask, history, generated);
        mask.accept(id);
        history.add(id);
        if (before != null) {
            probabilities.add(new TokenProbability(id, before.of(id), likeliest));
            listener.token(probabilities.getLast());
        }
        if (id == Tokenizer.END_OF_TEXT) {
            finish(FinishReason.STOP);
            return;
        }
        pass(stream.accept(id));
        if (stream.stopped()) {
            finish(FinishReason.STOP_STRING);
        } else if (stream.repeats()) {
            finish(FinishReason.REPETITION);
        } else if (generated + 1 == request.maxNewTokens()) {
            finish(FinishReason.LENGTH);
        } else if (history.size() - begin > blockSize) {
            if (request.overflow() == ContextOverflow.SLIDE) {
                slide();
            } else {
                finish(FinishReason.LENGTH);
            }
        }
    }

    /** Keeps the last half of the context, which the model then reads again from position 0. */
    private void slide() {
        begin = history.size() - Math.max(1, blockSize / 2);
        cached = 0;
    }

    private void finish(FinishReason reason) {
        finishReason = reason;
        pass(stream.finish());
        int prompt = request.prompt().length;
        listener.finished(new Generation(text.toString(), history.from(prompt), prompt, reason, probabilities));
    }

    private void pass(String piece) {
        if (!piece.isEmpty()) {
            text.append(piece);
            listener.text(piece);
        }
    }
}
