package io.minigpt.teacher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final Teaching SPENT = new Teaching(3, 1, 700, 300, 900, new BigDecimal("0.250"));

    @Test
    void isReachedByTokensOrMoney() {
        assertThat(Budget.of(1_000L, null).reachedBy(SPENT)).contains("its cap of 1000 tokens is reached: 1000 spent");
        assertThat(Budget.of(null, new BigDecimal("0.25")).reachedBy(SPENT))
                .contains("its cap of 0.25 is reached: 0.25 spent");
        assertThat(Budget.of(1_001L, new BigDecimal("0.26")).reachedBy(SPENT)).isEmpty();
        assertThat(Budget.NONE.reachedBy(SPENT)).isEmpty();
    }

    @Test
    void aLimitThatIsGivenTakesThePlaceOfTheOldOne() {
        Budget budget = Budget.of(1_000L, BigDecimal.TEN).replacedBy(Budget.of(2_000L, null));

        assertThat(budget).isEqualTo(Budget.of(2_000L, BigDecimal.TEN));
    }

    @Test
    void namesTheBadLimit() {
        assertThatThrownBy(() -> Budget.of(0L, null)).hasMessageContaining("max_tokens");
        assertThatThrownBy(() -> Budget.of(null, BigDecimal.ZERO)).hasMessageContaining("max_cost");
        assertThatThrownBy(() -> Budget.amount("much")).hasMessageContaining("'much'");
    }

    @Test
    void pausesAreNoTimeAtWork() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Times running = new Times(start, start, null, null, Duration.ofSeconds(30));
        Times paused = new Times(start, start, null, start.plusSeconds(70), Duration.ofSeconds(30));

        assertThat(running.active(start.plusSeconds(100))).isEqualTo(Duration.ofSeconds(70));
        assertThat(paused.active(start.plusSeconds(100))).isEqualTo(Duration.ofSeconds(40));
    }
}
