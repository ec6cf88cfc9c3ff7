package io.minigpt.gpt.bench;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Our median and llama.cpp's, measured in turns, so that what else the machine does hits both.
 *
 * @param ours always there
 * @param llama empty if there is no llama.cpp
 */
record Comparison(double ours, OptionalDouble llama) {
    /** One measurement. */
    interface Measurement<T> {
        double of(T subject) throws IOException;
    }

    static Comparison measure(
            int runs,
            LoadedModel model,
            Measurement<LoadedModel> our,
            Optional<LlamaCpp> llamaCpp,
            Measurement<LlamaCpp> their)
            throws IOException {
        double[] ours = new double[runs + 1];
        double[] theirs = new double[runs + 1];
        for (int run = 0; run <= runs; run++) {
            ours[run] = our.of(model);
            if (llamaCpp.isPresent()) {
                theirs[run] = their.of(llamaCpp.get());
            }
        }
        return new Comparison(
                Median.afterTheFirst(ours),
                llamaCpp.isPresent() ? OptionalDouble.of(Median.afterTheFirst(theirs)) : OptionalDouble.empty());
    }
}
