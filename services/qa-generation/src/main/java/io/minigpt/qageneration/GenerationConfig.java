package io.minigpt.qageneration;

import io.minigpt.teacher.PairLimits;
import io.minigpt.teacher.configuration.TeachingConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of question generation. */
@ConfigMapping(prefix = "minigpt.generation")
public interface GenerationConfig extends TeachingConfig {

    /** Pairs asked for about a passage. */
    @WithDefault("5")
    int pairs();

    /** Longest passage, in UTF-16 code units; a longer text is split at sentence ends. */
    @WithDefault("1600")
    int passageLimit();

    /** What a pair must be like. */
    Checks checks();

    /** What a pair must be like; lengths are in code points. */
    interface Checks {

        /** Shortest question, its question mark included. */
        @WithDefault("4")
        int minQuestion();

        /** Longest question. */
        @WithDefault("60")
        int maxQuestion();

        /** Shortest answer. */
        @WithDefault("1")
        int minAnswer();

        /** Longest answer. */
        @WithDefault("300")
        int maxAnswer();

        /** Smallest share of the answer's character pairs that occur in the passage, 0 to 1. */
        @WithDefault("0.5")
        double minGrounding();

        /** Smallest share of Chinese characters in a question, 0 to 1. */
        @WithDefault("0.5")
        double minChinese();

        /** All of them. @throws IllegalArgumentException naming the one that is wrong */
        default PairLimits limits() {
            return new PairLimits(minQuestion(), maxQuestion(), minAnswer(), maxAnswer(), minGrounding(), minChinese());
        }
    }
}
