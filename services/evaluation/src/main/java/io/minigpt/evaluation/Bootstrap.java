package io.minigpt.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Confidence intervals by the percentile bootstrap (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993,
 * section 13.3): the figure of 1,000 samples of the items, drawn with replacement, of which the outer 2.5 % on either
 * side are left out. The draws are the same each time.
 */
public final class Bootstrap {

    private static final int SAMPLES = 1000;
    private static final double OUTSIDE = 0.025;
    private static final long SEED = 1;

    private Bootstrap() {}

    /** The interval of the mean of these values, of which there is at least one. */
    public static Interval ofMean(double[] values) {
        return of(
                values.length,
                items -> Arrays.stream(items).mapToDouble(item -> values[item]).sum() / items.length);
    }

    /** The interval of the sum of the one over the sum of the other. */
    public static Interval ofRatio(double[] numerators, double[] denominators) {
        return of(numerators.length, items -> {
            double above =
                    Arrays.stream(items).mapToDouble(item -> numerators[item]).sum();
            double below =
                    Arrays.stream(items).mapToDouble(item -> denominators[item]).sum();
            return above / below;
        });
    }

    private static Interval of(int count, ToDoubleFunction<int[]> figure) {
        if (count < 1) {
            throw new IllegalArgumentException("an interval needs at least one item");
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[] figures = new double[SAMPLES];
        int[] items = new int[count];
        for (int sample = 0; sample < SAMPLES; sample++) {
            for (int i = 0; i < count; i++) {
                items[i] = random.nextInt(count);
            }
            figures[sample] = figure.applyAsDouble(items);
        }
        Arrays.sort(figures);
        int outside = (int) (OUTSIDE * SAMPLES);
        return new Interval(figures[outside], figures[SAMPLES - 1 - outside]);
    }
}
