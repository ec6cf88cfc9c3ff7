package io.minigpt.gpt.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LossTrendTest {
    @Test
    void oneHighLossIsNoRise() {
        LossTrend trend = LossTrend.NONE.trained(4).trained(14);

        assertThat(trend.rise()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void lossesThatStayHighAre() {
        LossTrend trend = LossTrend.NONE.trained(4);
        for (int step = 0; step < 100; step++) {
            trend = trend.trained(7);
        }

        assertThat(trend.rise()).isGreaterThan(2.9);
    }

    @Test
    void countsEvaluationsSinceTheBest() {
        LossTrend trend =
                LossTrend.NONE.validated(10, true).validated(20, false).validated(30, false);

        assertThat(trend.evaluationsWithoutImprovement()).isEqualTo(2);
        assertThat(trend.validated(40, true).evaluationsWithoutImprovement()).isZero();
    }

    @Test
    void countsARepeatedEvaluationOnce() {
        LossTrend trend = LossTrend.NONE.validated(10, true);

        assertThat(trend.validated(10, false)).isEqualTo(trend);
    }
}
