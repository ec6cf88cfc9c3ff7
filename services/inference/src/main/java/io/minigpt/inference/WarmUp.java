package io.minigpt.inference;

import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationListener;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.text.RepetitionRule;
import io.minigpt.gpt.text.Tokenizer;

/** A short text that makes a freshly loaded model ready for real ones. */
final class WarmUp implements GenerationListener {

    /** What it continues. */
    static final String PROMPT = "1, 2, 3";

    private static final int TOKENS = 8;

    private boolean ended;

    static GenerationRequest request() {
        return GenerationRequest.to(Tokenizer.gpt2().encode(PROMPT))
                .maxNewTokens(TOKENS)
                .repetition(RepetitionRule.NONE)
                .overflow(GenerationRequest.ContextOverflow.SLIDE)
                .build();
    }

    boolean ended() {
        return ended;
    }

    @Override
    public void text(String piece) {
        // it means nothing
    }

    @Override
    public void finished(Generation generation) {
        ended = true;
    }

    @Override
    public void failed(RuntimeException reason) {
        throw reason;
    }
}
