package io.minigpt.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StepRateTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void forgetsHowFastAStepWasLongAgo() {
        // Given: fast at first
        StepRate rate = new StepRate();
        rate.observe(START, 0);
        rate.observe(START.plusSeconds(5), 500);

        // When: slow later
        for (int second = 6; second <= 60; second++) {
            rate.observe(START.plusSeconds(second), 500 + second);
        }

        // Then
        assertThat(rate.perSecond()).hasValue(1.0);
        assertThat(rate.left(600)).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void startsAnewWhenAStepIsRepeated() {
        // Given
        StepRate rate = new StepRate();
        rate.observe(START, 0);
        rate.observe(START.plusSeconds(5), 500);

        // When
        rate.observe(START.plusSeconds(6), 10);

        // Then
        assertThat(rate.perSecond()).isEmpty();
        assertThat(rate.left(600)).isNull();
    }
}
