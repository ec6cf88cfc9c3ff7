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
        our.of(model);
        double[] ours = new double[runs];
        double[] theirs = new double[runs];
        for (int run = 0; run < runs; run++) {
            ours[run] = our.of(model);
            if (llamaCpp.isPresent()) {
                theirs[run] = their.of(llamaCpp.get());
            }
        }
        return new Comparison(
                Median.of(ours), llamaCpp.isPresent() ? OptionalDouble.of(Median.of(theirs)) : OptionalDouble.empty());
    }
}
