package io.minigpt.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.inference.LimitExceededException.Limit;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AccountTest {

    private long now;

    @Test
    void requestsComeBackSteadily() {
        // Given two requests in a minute, which are used
        Account account = account(Map.of("requests-per-minute", "2"));
        account.request();
        account.request();

        // Then the next one may come after half a minute
        assertRefused(account::request, Limit.REQUESTS, Duration.ofSeconds(30));
        now += Duration.ofSeconds(30).toNanos();
        assertThatCode(account::request).doesNotThrowAnyException();
    }

    @Test
    void tokensThatWereNotNeededComeBack() {
        Account account = account(Map.of("tokens-per-minute", "100"));
        Admission admission = account.admit(1, 80);
        assertRefused(() -> account.admit(1, 50), Limit.TOKENS, Duration.ofSeconds(18));

        admission.putBack(30);

        assertThatCode(() -> account.admit(1, 50)).doesNotThrowAnyException();
    }

    @Test
    void whatIsMoreThanAMinuteHasIsNeverAllowed() {
        Account account = account(Map.of("tokens-per-minute", "100", "texts", "3"));

        assertThatThrownBy(() -> account.admit(1, 101))
                .isInstanceOfSatisfying(
                        LimitExceededException.class,
                        refusal -> assertThat(refusal.retryAfter()).isEmpty())
                .hasMessageContaining("101 tokens");
        assertThatThrownBy(() -> account.admit(4, 1))
                .isInstanceOfSatisfying(
                        LimitExceededException.class,
                        refusal -> assertThat(refusal.retryAfter()).isEmpty());
    }

    @Test
    void textsLeaveOnce() {
        // Given one text of two that are allowed
        Account account = account(Map.of("texts", "2"));
        Admission first = account.admit(1, 10);
        assertRefused(() -> account.admit(2, 10), Limit.TEXTS, Duration.ofSeconds(1));

        // When its end is told twice
        first.end();
        first.end();

        // Then two may run, and no third
        account.admit(2, 10);
        assertRefused(() -> account.admit(1, 10), Limit.TEXTS, Duration.ofSeconds(1));
    }

    @Test
    void aRefusedRequestTakesNothing() {
        Account account = account(Map.of("tokens-per-minute", "100", "texts", "1"));
        Admission running = account.admit(1, 60);
        assertRefused(() -> account.admit(1, 40), Limit.TEXTS, Duration.ofSeconds(1));

        running.end();

        assertThatCode(() -> account.admit(1, 40)).doesNotThrowAnyException();
    }

    @Test
    void whatCannotBeginTakesNothing() {
        Account account = account(Map.of("tokens-per-minute", "100", "texts", "1"));

        assertThatThrownBy(() -> account.admit(1, 80).begin(() -> {
                    throw new QueueFullException("full", Duration.ofSeconds(1));
                }))
                .isInstanceOf(QueueFullException.class);

        assertThatCode(() -> account.admit(1, 100)).doesNotThrowAnyException();
    }

    private Account account(Map<String, String> limits) {
        Map<String, String> settings = new HashMap<>(Map.of("keys.ann.secret", "a secret of Ann's"));
        limits.forEach((limit, value) -> settings.put("keys.ann." + limit, value));
        return Account.of("ann", Settings.of(settings).keys().get("ann"), () -> now);
    }

    private static void assertRefused(ThrowingCallable request, Limit limit, Duration wait) {
        assertThatThrownBy(request).isInstanceOfSatisfying(LimitExceededException.class, refusal -> {
            assertThat(refusal.limit()).isEqualTo(limit);
            assertThat(refusal.retryAfter())
                    .hasValueSatisfying(time -> assertThat(time).isBetween(wait, wait.plusMillis(1)));
        });
    }
}
