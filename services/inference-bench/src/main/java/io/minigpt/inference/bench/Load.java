package io.minigpt.inference.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What all streams saw together.
 *
 * @param tokensPerSecond of all streams
 * @param refused requests that were sent away
 */
record Load(double tokensPerSecond, List<Answer> answers, int refused) {

    Load {
        answers = List.copyOf(answers);
    }

    /** Milliseconds to the first piece: the median and the 99th percentile. */
    String toFirst() {
        return milliseconds(answers.stream().map(Answer::toFirst).toList());
    }

    /** Milliseconds for a token after a piece: the median and the 99th percentile. */
    String between() {
        return milliseconds(between(answers));
    }

    /** The 99th percentile of the time for a token after a piece, in medians. */
    double spread() {
        double[] sorted = sorted(between(answers));
        return percentile(sorted, 99) / percentile(sorted, 50);
    }

    /** The value below which so many percent lie, of sorted values: the nearest rank. */
    static double percentile(double[] sorted, int percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(1, rank) - 1];
    }

    private static List<Duration> between(List<Answer> answers) {
        return answers.stream().flatMap(answer -> answer.between().stream()).toList();
    }

    private static String milliseconds(List<Duration> durations) {
        double[] sorted = sorted(durations);
        return String.format(Locale.ROOT, "%.1f, %.1f", percentile(sorted, 50), percentile(sorted, 99));
    }

    private static double[] sorted(List<Duration> durations) {
        double[] values = durations.stream()
                .mapToDouble(duration -> duration.toNanos() / 1e6)
                .toArray();
        Arrays.sort(values);
        return values;
    }
}
