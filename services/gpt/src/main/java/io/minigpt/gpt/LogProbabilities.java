package io.minigpt.gpt;

import io.minigpt.gpt.TokenProbability.Alternative;
import io.minigpt.gpt.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The log-probabilities of all tokens at one place: the logits less the logarithm of the sum of their exponentials. */
final class LogProbabilities {
    private final float[] logits;
    private final double logOfSum;

    private LogProbabilities(float[] logits, double logOfSum) {
        this.logits = logits;
        this.logOfSum = logOfSum;
    }

    /** Of the tokenizer's tokens, whose logits begin at {@code offset}; a copy. */
    static LogProbabilities of(float[] logits, int offset) {
        float[] own = Arrays.copyOfRange(logits, offset, offset + Tokenizer.SIZE);
        float greatest = Float.NEGATIVE_INFINITY;
        for (float logit : own) {
            greatest = Math.max(greatest, logit);
        }
        double sum = 0;
        for (float logit : own) {
            sum += Math.exp(logit - greatest);
        }
        return new LogProbabilities(own, greatest + Math.log(sum));
    }

    double of(int id) {
        return logits[id] - logOfSum;
    }

    /** So many tokens, the likeliest first. */
    List<Alternative> likeliest(int count) {
        LargestLogits largest = new LargestLogits(count);
        for (int id = 0; id < logits.length; id++) {
            largest.offer(id, logits[id]);
        }
        List<Alternative> alternatives = new ArrayList<>();
        for (int id : largest.ids()) {
            alternatives.add(new Alternative(id, of(id)));
        }
        return alternatives;
    }
}
