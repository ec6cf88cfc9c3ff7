package io.minigpt.corpus;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Stops the start when a setting has a value that nothing can be done with. */
@ApplicationScoped
class ConfigCheck {

    private static final double LEAST_THRESHOLD = 0.7;

    void check(@Observes StartupEvent event, CorpusConfig config) {
        check(config);
    }

    static void check(CorpusConfig config) {
        atLeast(1, config.maxExpansion(), "max-expansion");
        atLeast(1, config.maxNesting(), "max-nesting");
        atLeast(1, config.batchLines(), "batch-lines");
        atLeast(0, config.maxRejections(), "max-rejections");
        atLeast(1, config.imports().slots(), "imports.slots");
        atLeast(0, config.imports().maxRejects(), "imports.max-rejects");
        between(0, config.quality().minChinese(), "quality.min-chinese");
        between(0, config.quality().maxRepeatedLines(), "quality.max-repeated-lines");
        between(0, config.quality().maxRepeatedPhrases(), "quality.max-repeated-phrases");
        between(0, config.quality().maxBoilerplate(), "quality.max-boilerplate");
        // documents that are less alike often share no band and would be found by chance
        between(LEAST_THRESHOLD, config.nearDuplicates().threshold(), "near-duplicates.threshold");
    }

    private static void atLeast(long least, long value, String key) {
        if (value < least) {
            throw new IllegalArgumentException("minigpt.corpus." + key + ": " + value + " is less than " + least);
        }
    }

    private static void between(double least, double value, String key) {
        if (!(value >= least && value <= 1)) {
            throw new IllegalArgumentException(
                    "minigpt.corpus." + key + ": " + value + " is not between " + least + " and 1");
        }
    }
}
