package io.minigpt.gpt;

import io.minigpt.gpt.text.Utf8Mask;
import java.util.Arrays;

/** Tokens to draw from, each with a weight in proportion to its probability; the greatest possible weight is 1. */
final class Candidates {
    /** Weights fall into classes by their exponent and the first bits of their mantissa: 64 for each factor of 2. */
    private static final int CLASS_SHIFT = 46;

    private static final int CLASSES = 4096;

    private final int[] ids;
    private final double[] weights;
    private int size;
    private double total;

    private Candidates(int[] ids) {
        this.ids = ids;
        this.weights = new double[ids.length];
        this.size = ids.length;
    }

    static Candidates of(int[] ids) {
        return new Candidates(ids);
    }

    /** Every allowed token. */
    static Candidates all(Utf8Mask mask) {
        int[] ids = new int[mask.count()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = mask.id(i);
        }
        return new Candidates(ids);
    }

    /** Gives each the weight exp((its logit - {@code greatest}) / temperature). */
    void weigh(float[] logits, int offset, float greatest, double temperature) {
        total = 0;
        for (int i = 0; i < size; i++) {
            weights[i] = Math.exp((logits[offset + ids[i]] - greatest) / temperature);
            total += weights[i];
        }
    }

    /** Keeps the likeliest, up to the one with which they have a share of the total weight. */
    void keepTogether(double share) {
        double[] sums = new double[CLASSES];
        for (int i = 0; i < size; i++) {
            sums[classOf(weights[i])] += weights[i];
        }
        double enough = share * total;
        double sum = 0;
        int last = 0;
        while (last < CLASSES - 1 && sum + sums[last] < enough) {
            sum += sums[last++];
        }
        double[] ascending = weightsOfClass(last);
        int at = ascending.length;
        while (at > 0 && sum < enough) {
            sum += ascending[--at];
        }
        if (at < ascending.length) {
            int equal = 1;
            while (at + equal < ascending.length && ascending[at + equal] == ascending[at]) {
                equal++;
            }
            keep(ascending[at], equal);
        }
    }

    private double[] weightsOfClass(int number) {
        return Arrays.stream(weights, 0, size)
                .filter(weight -> classOf(weight) == number)
                .sorted()
                .toArray();
    }

    /** Class 0 has the weight 1, and the higher a class, the smaller its weights. */
    private static int classOf(double weight) {
        long distance =
                (Double.doubleToRawLongBits(1) >>> CLASS_SHIFT) - (Double.doubleToRawLongBits(weight) >>> CLASS_SHIFT);
        return (int) Math.clamp(distance, 0, CLASSES - 1);
    }

    /** Keeps those with at least a share of the greatest possible weight. */
    void keepAtLeast(double share) {
        keep(share, size);
    }

    /** Keeps those with more than a weight, and the first so many of those with just that. */
    private void keep(double least, int equal) {
        int left = equal;
        int kept = 0;
        total = 0;
        for (int i = 0; i < size; i++) {
            if (weights[i] > least || weights[i] == least && left-- > 0) {
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
