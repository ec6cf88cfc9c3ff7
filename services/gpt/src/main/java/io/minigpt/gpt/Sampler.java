package io.minigpt.gpt;

import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.gpt.text.Utf8Mask;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Chooses a token from logits, among those that the mask allows. One instance for a sequence. */
final class Sampler {
    /**
     * Tokens are looked at in columns, the ids with the same remainder: only those with the greatest logits can hold the
     * likeliest.
     */
    private static final int COLUMNS = (Tokenizer.SIZE + 31) / 32;

    private final Sampling sampling;
    private final SaidBefore saidBefore;
    private final float[] greatestOfColumn = new float[COLUMNS];

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
                ? likeliest(logits, offset, sampling.topK())
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

    /**
     * The likeliest token, the lowest id of equal ones; also if none of those that the mask allows is wanted. Leaves the
     * greatest logit of each column.
     */
    private int likeliest(float[] logits, int offset, Utf8Mask mask) {
        mask.forbid(logits, offset);
        Arrays.fill(greatestOfColumn, Float.NEGATIVE_INFINITY);
        for (int first = 0; first < Tokenizer.SIZE; first += COLUMNS) {
            raise(greatestOfColumn, logits, offset + first, Math.min(COLUMNS, Tokenizer.SIZE - first));
        }
        float greatest = Float.NEGATIVE_INFINITY;
        for (float logit : greatestOfColumn) {
            greatest = Math.max(greatest, logit);
        }
        if (!(greatest < Float.POSITIVE_INFINITY)) {
            throw new DivergedException("the model's logits are no numbers: its weights are unusable");
        }
        if (greatest == Float.NEGATIVE_INFINITY) {
            return mask.id(0);
        }
        int lowest = Tokenizer.SIZE;
        for (int column = 0; column < COLUMNS; column++) {
            if (greatestOfColumn[column] == greatest) {
                int id = column;
                while (logits[offset + id] != greatest) {
                    id += COLUMNS;
                }
                lowest = Math.min(lowest, id);
            }
        }
        return lowest;
    }

    /** Compares neighbours with neighbours, so that the compiler makes vector instructions of it. NaN counts as greatest. */
    private static void raise(float[] greatest, float[] logits, int from, int count) {
        for (int i = 0; i < count; i++) {
            greatest[i] = Math.max(greatest[i], logits[from + i]);
        }
    }

    /** The likeliest so many, or fewer if not as many are left; after the greatest of each column is known. */
    private Candidates likeliest(float[] logits, int offset, int count) {
        // what is forbidden has negative infinity
        float least = -Float.MAX_VALUE;
        if (count < COLUMNS) {
            float[] sorted = greatestOfColumn.clone();
            Arrays.sort(sorted);
            least = Math.max(least, sorted[COLUMNS - count]);
        }
        LargestLogits largest = new LargestLogits(count);
        for (int column = 0; column < COLUMNS; column++) {
            if (greatestOfColumn[column] >= least) {
                for (int id = column; id < Tokenizer.SIZE; id += COLUMNS) {
                    if (logits[offset + id] >= least) {
                        largest.offer(id, logits[offset + id]);
                    }
                }
            }
        }
        return Candidates.of(largest.ids());
    }
}
