package io.minigpt.data.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A freeze of texts, between two measurements of jtokkit alone.
 *
 * @param seconds from the request to the sealed version
 * @param processorSeconds of the service's process
 * @param encoderSeconds that jtokkit alone takes for the same bytes on one thread
 */
record TextFreeze(double seconds, double processorSeconds, double encoderSeconds) {

    /** Rate of the freeze as a share of jtokkit's times the number of cores. */
    double share(int cores) {
        return encoderSeconds / cores / seconds;
    }

    /** A figure of several freezes: the median, the least and the most. */
    static String figure(List<TextFreeze> freezes, String format, ToDoubleFunction<TextFreeze> figure) {
        List<String> sorted = freezes.stream()
                .mapToDouble(figure)
                .sorted()
                .mapToObj(value -> String.format(Locale.ROOT, format, value))
                .toList();
        return "%s (%s to %s)".formatted(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
    }
}
