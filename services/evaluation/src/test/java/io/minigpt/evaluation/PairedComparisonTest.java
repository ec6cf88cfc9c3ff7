package io.minigpt.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {

    @Test
    void fiveOutOfFiveAreASixteenth() {
        // of 32 assignments of signs, only all plus and all minus give a sum of 5
        PairedComparison comparison = PairedComparison.of(new double[5], new double[] {1, 1, 1, 1, 1});

        assertThat(comparison.pValue()).isEqualTo(2.0 / 32);
        assertThat(comparison.difference()).isEqualTo(1);
        assertThat(comparison.interval()).isEqualTo(new Interval(1, 1));
    }

    @Test
    void noDifferenceIsCertainlyChance() {
        PairedComparison comparison = PairedComparison.of(new double[] {0.5, 0.25}, new double[] {0.25, 0.5});

        assertThat(comparison.pValue()).isEqualTo(1);
        assertThat(comparison.difference()).isZero();
        assertThat(comparison.first()).isEqualTo(0.375);
    }

    @Test
    void whatIsDrawnComesNearWhatIsCounted() {
        // Given 18 differences, more than are counted
        SplittableRandom random = new SplittableRandom(3);
        double[] differences = DoubleStream.generate(() -> random.nextDouble() - 0.35)
                .limit(18)
                .toArray();

        double drawn = PairedComparison.of(new double[18], differences).pValue();

        assertThat(drawn).isCloseTo(counted(differences), within(0.02));
    }

    @Test
    void aBetterModelIsTold() {
        SplittableRandom random = new SplittableRandom(5);
        double[] first = DoubleStream.generate(random::nextDouble).limit(100).toArray();
        double[] better = DoubleStream.of(first)
                .map(score -> score + 0.05 + 0.1 * random.nextDouble())
                .toArray();
        double[] other = DoubleStream.of(first)
                .map(score -> score + random.nextDouble() - 0.5)
                .toArray();

        assertThat(PairedComparison.of(first, better).pValue()).isLessThan(0.001);
        assertThat(PairedComparison.of(first, better).interval().low()).isPositive();
        assertThat(PairedComparison.of(first, other).pValue()).isGreaterThan(0.05);
    }

    @Test
    void pairsAreNeeded() {
        assertThatThrownBy(() -> PairedComparison.of(new double[2], new double[3]))
                .hasMessageContaining("not 2 and 3");
    }

    /** All assignments of signs, one after the other. */
    private static double counted(double[] differences) {
        double bound = Math.abs(DoubleStream.of(differences).sum()) - 1e-9;
        return asLarge(differences, 0, 0, bound) / Math.pow(2, differences.length);
    }

    private static long asLarge(double[] differences, int from, double sum, double bound) {
        if (from == differences.length) {
            return Math.abs(sum) >= bound ? 1 : 0;
        }
        return asLarge(differences, from + 1, sum + differences[from], bound)
                + asLarge(differences, from + 1, sum - differences[from], bound);
    }
}
