package io.minigpt.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Two models on the same items.
 *
 * @param items how many
 * @param first mean score of the first model
 * @param second mean score of the second
 * @param difference second minus first
 * @param interval of the difference, by bootstrap over the items
 * @param pValue of the paired randomization test, two-sided: how probable a difference at least as large would be if
 *     it were chance which model gave which answer (Noreen, "Computer-Intensive Methods for Testing Hypotheses", 1989,
 *     chapter 2). All assignments are counted up to 16 items; beyond, 10,000 are drawn and (count + 1) / 10,001 is told
 */
public record PairedComparison(
        int items, double first, double second, double difference, Interval interval, double pValue) {

    private static final int COUNTED_ITEMS = 16;
    private static final int DRAWS = 10_000;
    private static final long SEED = 1;
    /** Sums of the same scores in another order are equal. */
    private static final double ROUNDING = 1e-9;

    /**
     * Compares scores of the same items in the same order.
     *
     * @throws IllegalArgumentException if there are none, or not equally many
     */
    public static PairedComparison of(double[] first, double[] second) {
        if (first.length != second.length || first.length == 0) {
            throw new IllegalArgumentException("as many scores of the one as of the other are needed, not "
                    + first.length + " and " + second.length);
        }
        double[] differences = new double[first.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = second[i] - first[i];
        }
        return new PairedComparison(
                differences.length,
                mean(first),
                mean(second),
                mean(differences),
                Bootstrap.ofMean(differences),
                differences.length <= COUNTED_ITEMS ? counted(differences) : drawn(differences));
    }

    private static double counted(double[] differences) {
        double bound = bound(differences);
        long assignments = 1L << differences.length;
        long asLarge = 0;
        for (long signs = 0; signs < assignments; signs++) {
            double sum = 0;
            for (int i = 0; i < differences.length; i++) {
                sum += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
            }
            asLarge += Math.abs(sum) >= bound ? 1 : 0;
        }
        return (double) asLarge / assignments;
    }

    private static double drawn(double[] differences) {
        double bound = bound(differences);
        SplittableRandom random = new SplittableRandom(SEED);
        int asLarge = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (double difference : differences) {
                sum += random.nextBoolean() ? difference : -difference;
            }
            asLarge += Math.abs(sum) >= bound ? 1 : 0;
        }
        return (asLarge + 1.0) / (DRAWS + 1);
    }

    private static double bound(double[] differences) {
        return Math.abs(Arrays.stream(differences).sum()) - ROUNDING;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }
}
