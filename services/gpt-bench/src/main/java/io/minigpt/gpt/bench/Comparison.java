package io.minigpt.gpt.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Our figure beside the machine's ceiling and llama.cpp's figure, all measured in turns, so that what else the machine
 * does hits them alike. Medians, those of the shares and ratios over single turns.
 *
 * @param ours in units a second
 * @param share of what the machine could do at that moment
 * @param llama empty if there is no llama.cpp
 * @param ratio ours to llama.cpp's
 */
record Comparison(double ours, double share, OptionalDouble llama, OptionalDouble ratio) {
    /** One measurement, in units a second. */
    interface Measurement {
        double rate() throws IOException;
    }

    /**
     * @param runs turns after one that does not count
     * @param ceiling units a second that the machine's limit allows
     */
    static Comparison measure(int runs, Measurement our, Measurement ceiling, Optional<Measurement> their)
            throws IOException {
        double[] ours = new double[runs + 1];
        double[] shares = new double[runs + 1];
        double[] theirs = new double[runs + 1];
        double before = ceiling.rate();
        for (int run = 0; run <= runs; run++) {
            ours[run] = our.rate();
            double after = ceiling.rate();
            shares[run] = ours[run] / ((before + after) / 2);
            before = after;
            theirs[run] = their.isPresent() ? their.get().rate() : Double.NaN;
        }
        double[] ratios = new double[runs + 1];
        Arrays.setAll(ratios, run -> ours[run] / theirs[run]);
        return new Comparison(
                Median.afterTheFirst(ours),
                Median.afterTheFirst(shares),
                medianIf(their.isPresent(), theirs),
                medianIf(their.isPresent(), ratios));
    }

    private static OptionalDouble medianIf(boolean measured, double[] figures) {
        return measured ? OptionalDouble.of(Median.afterTheFirst(figures)) : OptionalDouble.empty();
    }
}
