package io.minigpt.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How often a score lies where.
 *
 * @param metric name of the score
 * @param mean of all
 * @param edges ends of the bins, one more than bins; a value on an edge is in the upper bin, the last bin has both ends
 * @param counts values in each bin
 */
public record Histogram(String metric, double mean, List<Double> edges, List<Integer> counts) {

    private static final int BINS = 10;

    public Histogram {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
    }

    /** Of a score from 0 to 1, in ten bins of the same width. */
    static Histogram ofShare(String metric, double[] values) {
        return of(
                metric,
                values,
                IntStream.rangeClosed(0, BINS)
                        .mapToDouble(bin -> (double) bin / BINS)
                        .toArray());
    }

    /** Of a perplexity, in bins each twice as wide as the one before: 1 to 2, 2 to 4 and so on. */
    static Histogram ofPerplexity(String metric, double[] values) {
        double most = Arrays.stream(values).max().orElse(1);
        double[] edges = DoubleStream.iterate(1, edge -> 2 * edge)
                .limit(Math.max(2, 2 + Math.getExponent(Math.max(1, most))))
                .toArray();
        return of(metric, values, edges);
    }

    private static Histogram of(String metric, double[] values, double[] edges) {
        Integer[] counts = new Integer[edges.length - 1];
        Arrays.fill(counts, 0);
        for (double value : values) {
            int bin = 0;
            while (bin < counts.length - 1 && value >= edges[bin + 1]) {
                bin++;
            }
            counts[bin]++;
        }
        return new Histogram(
                metric,
                Arrays.stream(values).average().orElse(0),
                Arrays.stream(edges).boxed().toList(),
                List.of(counts));
    }
}
