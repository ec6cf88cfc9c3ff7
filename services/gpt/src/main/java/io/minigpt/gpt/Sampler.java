package io.minigpt.gpt;

import io.minigpt.gpt.text.Utf8Mask;
import java.util.SplittableRandom;

/** Chooses a token from logits, among those that the mask allows. One instance for a sequence. */
final class Sampler {
    /** The number of likeliest tokens that are looked at first for top-p; more if they have not enough together. */
    private static final int NUCLEUS = 256;

    private final Sampling sampling;
    private final SaidBefore saidBefore;

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
        saidBefore.apply(logits, offset, history);
        int likeliest = likeliest(logits, offset, mask);
        if (sampling.temperature() == 0) {
            return likeliest;
        }
        double greatest = logits[offset + likeliest];
        Candidates candidates = candidates(logits, offset, mask, greatest);
        candidates.keepAtLeast(sampling.minP());
        double random = new SplittableRandom(sampling.seed() * 0x9e3779b97f4a7c15L + position).nextDouble();
        return candidates.draw(random, likeliest);
    }

    private static int likeliest(float[] logits, int offset, Utf8Mask mask) {
        int best = -1;
        float greatest = Float.NEGATIVE_INFINITY;
        boolean numbers = true;
        for (int i = 0; i < mask.count(); i++) {
            float logit = logits[offset + mask.id(i)];
            numbers &= logit < Float.POSITIVE_INFINITY;
            if (logit > greatest) {
                greatest = logit;
                best = mask.id(i);
            }
        }
        if (!numbers) {
            throw new DivergedException("the model's logits are no numbers: its weights are unusable");
        }
        // all are forbidden: a character that has begun must still end
        return best < 0 ? mask.id(0) : best;
    }

    private Candidates candidates(float[] logits, int offset, Utf8Mask mask, double greatest) {
        double temperature = sampling.temperature();
        if (sampling.topK() > 0 && sampling.topK() < mask.count()) {
            Candidates likeliest = Candidates.likeliest(logits, offset, mask, sampling.topK());
            likeliest.weigh(logits, offset, greatest, temperature);
            likeliest.keepTogether(sampling.topP() * likeliest.total());
            return likeliest;
        }
        Candidates all = Candidates.all(mask);
        all.weigh(logits, offset, greatest, temperature);
        if (sampling.topP() == 1) {
            return all;
        }
        double enough = sampling.topP() * all.total();
        for (int count = NUCLEUS; ; count = 8 * count) {
            Candidates likeliest = Candidates.likeliest(logits, offset, mask, count);
            likeliest.weigh(logits, offset, greatest, temperature);
            if (likeliest.total() >= enough || count >= mask.count()) {
                likeliest.keepTogether(enough);
                return likeliest;
            }
        }
    }
}
