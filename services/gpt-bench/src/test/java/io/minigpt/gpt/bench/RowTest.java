package io.minigpt.gpt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RowTest {
    @Test
    void isALineOfTheTable() {
        Row row = new Row(
                "decode",
                1234.4,
                "tokens/s",
                Row.share(0.75, "memory"),
                OptionalDouble.of(98.76),
                OptionalDouble.of(12.5));

        assertThat(row.markdown()).isEqualTo("| decode | 1,234 tokens/s | 75 % of memory | 98.76 | 12.50 |");
        assertThat(new Row("save", 2.5, "s", "").markdown()).isEqualTo("| save | 2.500 s |  |  |  |");
    }

    @Test
    void holdsAMedian() {
        double[] figures = {9, 5, 1, 100};

        assertThat(Median.of(figures)).isEqualTo(7);
        assertThat(Median.of(3, 1, 2)).isEqualTo(2);
        assertThat(figures).containsExactly(9, 5, 1, 100);
    }
}
