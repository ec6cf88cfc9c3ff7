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
        measurement.getAsDouble();
        double[] figures = new double[runs];
        Arrays.setAll(figures, run -> measurement.getAsDouble());
        return of(figures);
    }
}
