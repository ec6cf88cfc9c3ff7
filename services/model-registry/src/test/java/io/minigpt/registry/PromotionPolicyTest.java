package io.minigpt.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.registry.PromotionPolicy.Champion;
import io.minigpt.registry.PromotionPolicy.Decision;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromotionPolicyTest {

    private static final PromotionPolicy ROUGE = new PromotionPolicy.NotWorse("rougeL.curated", 0.01);
    private static final PromotionPolicy BITS = new PromotionPolicy.NotWorse("bitsPerByte.continuation", 0);

    @Test
    void promotesTheFirstVersion() {
        Decision decision = ROUGE.decide(Map.of("rougeL.curated", 0.5), Optional.empty());

        assertThat(decision.promoted()).isTrue();
        assertThat(decision.reason()).isEqualTo("rougeL.curated is 0.5000; no version has the alias yet");
    }

    @Test
    void allowsToBeWorseByTheTolerance() {
        Optional<Champion> champion = Optional.of(new Champion(4, Map.of("rougeL.curated", 0.80)));

        assertThat(ROUGE.decide(Map.of("rougeL.curated", 0.795), champion).promoted())
                .isTrue();
        assertThat(ROUGE.decide(Map.of("rougeL.curated", 0.78), champion).promoted())
                .isFalse();
        assertThat(ROUGE.decide(Map.of("rougeL.curated", 0.78), champion).reason())
                .isEqualTo("rougeL.curated is 0.7800 against 0.8000 of version 4,"
                        + " worse than the tolerance of 0.01 allows");
    }

    @Test
    void knowsThatFewerBitsAreBetter() {
        Optional<Champion> champion = Optional.of(new Champion(1, Map.of("bitsPerByte.continuation", 1.2)));

        assertThat(BITS.decide(Map.of("bitsPerByte.continuation", 1.1), champion)
                        .promoted())
                .isTrue();
        assertThat(BITS.decide(Map.of("bitsPerByte.continuation", 1.3), champion)
                        .promoted())
                .isFalse();
    }

    @Test
    void declinesWithoutTheFigure() {
        Decision decision = ROUGE.decide(Map.of("exactMatch.curated", 1.0), Optional.empty());

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason()).isEqualTo("the evaluation has no rougeL.curated");
    }

    @Test
    void promotesOverAChampionThatWasNotEvaluated() {
        Decision decision = ROUGE.decide(Map.of("rougeL.curated", 0.1), Optional.of(new Champion(2, Map.of())));

        assertThat(decision.promoted()).isTrue();
        assertThat(decision.championVersion()).contains(2);
    }

    @Test
    void alwaysAndNeverDoNotCompare() {
        assertThat(new PromotionPolicy.Always()
                        .decide(Map.of(), Optional.empty())
                        .promoted())
                .isTrue();
        assertThat(new PromotionPolicy.Never()
                        .decide(Map.of(), Optional.empty())
                        .promoted())
                .isFalse();
    }
}
