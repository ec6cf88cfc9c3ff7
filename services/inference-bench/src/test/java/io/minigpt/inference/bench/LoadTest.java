package io.minigpt.inference.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadTest {

    @Test
    void percentilesAreThoseOfTheNearestRank() {
        double[] values = IntStream.rangeClosed(1, 200).asDoubleStream().toArray();

        assertThat(Load.percentile(values, 50)).isEqualTo(100);
        assertThat(Load.percentile(values, 99)).isEqualTo(198);
        assertThat(Load.percentile(new double[] {7}, 99)).isEqualTo(7);
        assertThat(Load.percentile(new double[0], 99)).isNaN();
    }

    @Test
    void allStreamsCountTogether() {
        Answer quick = new Answer(Duration.ofMillis(5), List.of(Duration.ofMillis(10)), 2);
        Answer slow = new Answer(Duration.ofMillis(500), List.of(Duration.ofMillis(10), Duration.ofMillis(30)), 3);
        Load load = new Load(10, List.of(quick, slow), 0);

        assertThat(load.toFirst()).isEqualTo("5.0, 500.0");
        assertThat(load.between()).isEqualTo("10.0, 30.0");
        assertThat(load.spread()).isEqualTo(3);
    }
}
