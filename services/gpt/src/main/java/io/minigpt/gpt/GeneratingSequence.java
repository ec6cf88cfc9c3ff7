package io.minigpt.gpt;

import io.minigpt.gpt.text.RepetitionFilter;
import io.minigpt.gpt.text.StreamingDecoder;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.gpt.text.Utf8Mask;
import java.util.ArrayList;
import java.util.List;

/** One request on its way: its tokens, and the text that they have become. */
final class GeneratingSequence {
    private final GenerationRequest request;
    private final GenerationListener listener;
    private final int blockSize;
    private final Sampler sampler;
    private final Utf8Mask mask = new Utf8Mask();
    private final StreamingDecoder decoder = new StreamingDecoder();
    private final RepetitionFilter repetition;
    private final List<Integer> generated = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    /** Tokens that the model sees: those in its cache and, at the end, those it has not been fed yet. */
    private List<Integer> context = new ArrayList<>();

    private int fed;
    private FinishReason finishReason;

    GeneratingSequence(GenerationRequest request, GenerationListener listener, int blockSize) {
        this.request = request;
        this.listener = listener;
        this.blockSize = blockSize;
        this.sampler = new Sampler(request);
        this.repetition = new RepetitionFilter(request.repetition());
        for (int id : request.prompt()) {
            context.add(id);
        }
        if (context.size() > blockSize) {
            overflow("the prompt has " + context.size() + " tokens, the model sees " + blockSize);
        }
    }

    boolean finished() {
        return finishReason != null;
    }

    /** Where the tokens of {@link #toFeed} stand in the context. */
    int position() {
        return finished() ? 0 : fed;
    }

    /** The tokens that the model has not seen yet; any one, to fill its row of the batch, if this is finished. */
    List<Integer> toFeed() {
        return finished() ? List.of(0) : context.subList(fed, context.size());
    }

    /** The most tokens that the context can come to have. */
    int longestContext() {
        return request.overflow() == GenerationRequest.ContextOverflow.SLIDE
                ? blockSize
                : Math.min(blockSize, context.size() + request.maxNewTokens());
    }

    /** Takes the logits that follow the tokens of {@link #toFeed}; nothing happens if this is finished. */
    void accept(float[] logits, int offset) {
        if (finished()) {
            return;
        }
        fed = context.size();
        if (listener.cancelled()) {
            finish(FinishReason.CANCELLED);
            return;
        }
        int id = sampler.sample(logits, offset, mask, generated.size());
        mask.accept(id);
        generated.add(id);
        context.add(id);
        if (id == Tokenizer.END_OF_TEXT) {
            finish(FinishReason.STOP);
            return;
        }
        pass(repetition.accept(decoder.accept(id)));
        if (repetition.repeats()) {
            finish(FinishReason.REPETITION);
        } else if (generated.size() == request.maxNewTokens()) {
            finish(FinishReason.LENGTH);
        } else if (context.size() > blockSize) {
            overflow(null);
        }
    }

    Generation result() {
        return new Generation(text.toString(), generated, request.prompt().length, finishReason);
    }

    private void overflow(String prompt) {
        if (request.overflow() == GenerationRequest.ContextOverflow.SLIDE) {
            int kept = Math.max(1, blockSize / 2);
            context = new ArrayList<>(context.subList(context.size() - kept, context.size()));
            fed = 0;
        } else if (prompt != null) {
            throw new IllegalArgumentException(prompt);
        } else {
            finish(FinishReason.LENGTH);
        }
    }

    private void finish(FinishReason reason) {
        finishReason = reason;
        pass(repetition.finish());
    }

    private void pass(String piece) {
        if (!piece.isEmpty()) {
            text.append(piece);
            listener.text(piece);
        }
    }
}
