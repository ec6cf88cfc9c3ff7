package io.minigpt.gpt.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A line of the table.
 *
 * @param what was measured
 * @param figure the median
 * @param unit of the figure
 * @param ceiling which of the machine's limits it is held against, and what share of that it reaches
 * @param llama llama.cpp's figure in the same unit, if it was measured
 * @param ratio of the figure to llama.cpp's
 */
record Row(String what, double figure, String unit, String ceiling, OptionalDouble llama, OptionalDouble ratio) {
    static final String HEADER = """
            | what | figure | of the machine | llama.cpp | ratio |
            |---|---|---|---|---|
            """;

    Row(String what, double figure, String unit, String ceiling) {
        this(what, figure, unit, ceiling, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** The row of a markdown table. */
    String markdown() {
        String other = llama.isPresent() ? number(llama.getAsDouble()) : "";
        String times = ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "";
        return "| " + what + " | " + number(figure) + " " + unit + " | " + ceiling + " | " + other + " | " + times
                + " |";
    }

    /** A share in percent with what it is a share of. */
    static String share(double share, String of) {
        return String.format(Locale.ROOT, "%.0f %% of %s", 100 * share, of);
    }

    static String number(double figure) {
        return figure < 10
                ? String.format(Locale.ROOT, "%.3f", figure)
                : figure < 100
                        ? String.format(Locale.ROOT, "%.2f", figure)
                        : String.format(Locale.ROOT, "%,.0f", figure);
    }
}
