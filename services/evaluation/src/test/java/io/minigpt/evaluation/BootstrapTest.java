package io.minigpt.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    @Test
    void aSureFigureHasNoWidth() {
        assertThat(Bootstrap.ofMean(new double[] {0.25})).isEqualTo(new Interval(0.25, 0.25));
    }

    @Test
    void isAsWideAsTheNormalApproximationForManyItems() {
        // Given 400 values that are 0 or 1 with the same probability
        SplittableRandom random = new SplittableRandom(17);
        double[] values =
                DoubleStream.generate(() -> random.nextInt(2)).limit(400).toArray();
        double mean = DoubleStream.of(values).average().orElseThrow();

        Interval interval = Bootstrap.ofMean(values);

        // 1.96 standard errors of 0.5 / sqrt(400) on either side
        assertThat(interval.low()).isCloseTo(mean - 0.049, within(0.008));
        assertThat(interval.high()).isCloseTo(mean + 0.049, within(0.008));
    }

    @Test
    void coversTheTruthAboutAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(19);
        int covered = 0;
        for (int trial = 0; trial < 200; trial++) {
            double[] values =
                    DoubleStream.generate(random::nextDouble).limit(40).toArray();
            Interval interval = Bootstrap.ofMean(values);
            covered += interval.low() <= 0.5 && 0.5 <= interval.high() ? 1 : 0;
        }

        assertThat(covered).isBetween(178, 199);
    }

    @Test
    void aRatioIsOfTheSums() {
        Interval interval = Bootstrap.ofRatio(new double[] {4, 8, 12}, new double[] {2, 4, 6});

        assertThat(interval).isEqualTo(new Interval(2, 2));
    }

    @Test
    void somethingMustBeThere() {
        assertThatThrownBy(() -> Bootstrap.ofMean(new double[0])).hasMessageContaining("at least one item");
    }
}
