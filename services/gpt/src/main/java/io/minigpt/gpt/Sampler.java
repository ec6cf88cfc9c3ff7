package io.minigpt.gpt;

import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.gpt.text.Utf8Mask;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Chooses a token from logits, among those that the mask allows. One instance for a sequence. */
final class Sampler {
    /** Allowed tokens are looked at in blocks: only the blocks with the greatest logits can hold the likeliest. */
    private static final int BLOCK = 32;

    private final Sampling sampling;
    private final SaidBefore saidBefore;
    private final float[] greatestOfBlock = new float[Tokenizer.SIZE / BLOCK + 1];

    Sampler(Sampling sampling) {
        this.sampling = sampling;
        this.saidBefore = new SaidBefore(sampling);
    }

    /**
     * One token.
     *
     * @param logits of all sequences of a batch; those of this one are changed
     * @param offset where this sequence's begin
     * @param history the prompt and what was generated before
     * @param position the number of tokens generated before
     * @throws DivergedException if the logits are no numbers
     */
    int sample(float[] logits, int offset, Utf8Mask mask, TokenHistory history, long position) {
        sampling.logitBias().forEach((id, bias) -> logits[offset + id] += bias.floatValue());
        saidBefore.apply(logits, offset, history, Math.toIntExact(history.size() - position));
        int likeliest = likeliest(logits, offset, mask);
        if (sampling.temperature() == 0) {
            return likeliest;
        }
        Candidates candidates = sampling.topK() > 0 && sampling.topK() < mask.count()
                ? likeliest(logits, offset, mask, sampling.topK())
                : Candidates.all(mask);
        candidates.weigh(logits, offset, logits[offset + likeliest], sampling.temperature());
        if (sampling.topP() < 1) {
            candidates.keepTogether(sampling.topP());
        }
        if (sampling.minP() > 0) {
            candidates.keepAtLeast(sampling.minP());
        }
        double random = new SplittableRandom(sampling.seed() * 0x9e3779b97f4a7c15L + position).nextDouble();
        return candidates.draw(random, likeliest);
    }

    private int likeliest(float[] logits, int offset, Utf8Mask mask) {
        boolean numbers = true;
        int best = 0;
        for (int block = 0; block * BLOCK < mask.count(); block++) {
            float greatest = Float.NEGATIVE_INFINITY;
            int end = Math.min(mask.count(), (block + 1) * BLOCK);
            for (int i = block * BLOCK; i < end; i++) {
                float logit = logits[offset + mask.id(i)];
                numbers &= logit < Float.POSITIVE_INFINITY;
                greatest = Math.max(greatest, logit);
            }
            greatestOfBlock[block] = greatest;
            best = greatest > greatestOfBlock[best] ? block : best;
        }
        if (!numbers) {
            throw new DivergedException("the model's logits are no numbers: its weights are unusable");
        }
        int index = best * BLOCK;
        while (logits[offset + mask.id(index)] != greatestOfBlock[best]) {
            index++;
        }
        return mask.id(index);
    }

    private Candidates likeliest(float[] logits, int offset, Utf8Mask mask, int count) {
        int blocks = (mask.count() + BLOCK - 1) / BLOCK;
        float least = Float.NEGATIVE_INFINITY;
        if (blocks > count) {
            float[] sorted = Arrays.copyOf(greatestOfBlock, blocks);
            Arrays.sort(sorted);
            least = sorted[blocks - count];
        }
        LargestLogits largest = new LargestLogits(count);
        for (int block = 0; block < blocks; block++) {
            if (greatestOfBlock[block] >= least) {
                int end = Math.min(mask.count(), (block + 1) * BLOCK);
                for (int i = block * BLOCK; i < end; i++) {
                    float logit = logits[offset + mask.id(i)];
                    if (logit >= least) {
                        largest.offer(mask.id(i), logit);
                    }
                }
            }
        }
        return Candidates.of(largest.ids());
    }
}
