package io.minigpt.gpt;

import io.minigpt.gpt.text.Utf8Mask;

/** Tokens to draw from, each with a weight in proportion to its probability. */
final class Candidates {
    private final int[] ids;
    private final double[] weights;
    private int size;
    private double total;

    private Candidates(int[] ids) {
        this.ids = ids;
        this.weights = new double[ids.length];
        this.size = ids.length;
    }

    /** Every allowed token, in the order of the ids. */
    static Candidates all(Utf8Mask mask) {
        int[] ids = new int[mask.count()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = mask.id(i);
        }
        return new Candidates(ids);
    }

    /** The likeliest allowed tokens, the likeliest first; of equals that with the lower id first. */
    static Candidates likeliest(float[] logits, int offset, Utf8Mask mask, int count) {
        LargestLogits largest = new LargestLogits(Math.min(count, mask.count()));
        for (int i = 0; i < mask.count(); i++) {
            largest.offer(mask.id(i), logits[offset + mask.id(i)]);
        }
        return new Candidates(largest.ids());
    }

    /** Gives each the weight exp((its logit - {@code greatest}) / temperature). */
    void weigh(float[] logits, int offset, double greatest, double temperature) {
        total = 0;
        for (int i = 0; i < size; i++) {
            weights[i] = Math.exp((logits[offset + ids[i]] - greatest) / temperature);
            total += weights[i];
        }
    }

    /** The sum of the weights. */
    double total() {
        return total;
    }

    /** Keeps the first, up to the one with which their weights reach a sum. */
    void keepTogether(double enough) {
        double sum = 0;
        int kept = 0;
        while (kept < size && (kept == 0 || sum < enough)) {
            sum += weights[kept++];
        }
        size = kept;
        total = sum;
    }

    /** Keeps those with at least a share of the greatest weight there can be, which is 1. */
    void keepAtLeast(double share) {
        if (share == 0) {
            return;
        }
        int kept = 0;
        total = 0;
        for (int i = 0; i < size; i++) {
            if (weights[i] >= share) {
                ids[kept] = ids[i];
                weights[kept] = weights[i];
                total += weights[kept++];
            }
        }
        size = kept;
    }

    /** One of them, by a random number from 0 to 1; {@code otherwise} if rounding leaves none. */
    int draw(double random, int otherwise) {
        double left = random * total;
        for (int i = 0; i < size; i++) {
            left -= weights[i];
            if (left < 0) {
                return ids[i];
            }
        }
        return otherwise;
    }
}
