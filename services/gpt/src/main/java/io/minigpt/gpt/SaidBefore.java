package io.minigpt.gpt;

import io.minigpt.gpt.text.Tokenizer;
import java.util.BitSet;

/** Makes what was said before less likely, or impossible, by changing logits. */
final class SaidBefore {
    private final Sampling sampling;
    private final BitSet penalized = new BitSet();
    private final BitSet present = new BitSet();

    SaidBefore(Sampling sampling) {
        this.sampling = sampling;
    }

    /**
     * Changes the logits that begin at {@code offset}.
     *
     * @param prompt how many tokens of the history are the prompt
     */
    void apply(float[] logits, int offset, TokenHistory history, int prompt) {
        if (sampling.repetitionPenalty() != 1) {
            penalize(logits, offset, history);
        }
        if (sampling.presencePenalty() != 0 || sampling.frequencyPenalty() != 0) {
            discount(logits, offset, history, prompt);
        }
        if (sampling.noRepeatNgram() > 0) {
            forbid(logits, offset, history);
        }
    }

    private void penalize(float[] logits, int offset, TokenHistory history) {
        penalized.clear();
        float penalty = (float) sampling.repetitionPenalty();
        for (int i = 0; i < history.size(); i++) {
            int id = history.get(i);
            if (!penalized.get(id)) {
                penalized.set(id);
                float logit = logits[offset + id];
                logits[offset + id] = logit > 0 ? logit / penalty : logit * penalty;
            }
        }
    }

    /** Takes the presence penalty once from each token after the prompt, the frequency penalty each time that it stands. */
    private void discount(float[] logits, int offset, TokenHistory history, int prompt) {
        present.clear();
        for (int i = prompt; i < history.size(); i++) {
            int id = history.get(i);
            logits[offset + id] -= (float) sampling.frequencyPenalty();
            if (!present.get(id)) {
                present.set(id);
                logits[offset + id] -= (float) sampling.presencePenalty();
            }
        }
    }

    /** Forbids each token that followed where the last ones of the history stood before. */
    private void forbid(float[] logits, int offset, TokenHistory history) {
        int before = sampling.noRepeatNgram() - 1;
        int last = history.size() - before;
        for (int start = 0; start < last; start++) {
            int id = history.get(start + before);
            if (id != Tokenizer.END_OF_TEXT && same(history, start, last, before)) {
                logits[offset + id] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    private static boolean same(TokenHistory history, int start, int other, int length) {
        for (int i = 0; i < length; i++) {
            if (history.get(start + i) != history.get(other + i)) {
                return false;
            }
        }
        return true;
    }
}
