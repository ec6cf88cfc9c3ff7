package io.minigpt.gpt.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** The middle one of several measurements, the mean of the middle two of an even number. */
final class Median {
    private Median() {}

    static double of(double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** The median of {@code runs} measurements after one that does not count. */
    static double ofRuns(int runs, DoubleSupplier measurement) {
        double[] figures = new double[runs + 1];
        Arrays.setAll(figures, run -> measurement.getAsDouble());
        return afterTheFirst(figures);
    }

    /** Without the first measurement, which also warmed up what it measured. */
    static double afterTheFirst(double... figures) {
        return of(Arrays.copyOfRange(figures, 1, figures.length));
    }
}
