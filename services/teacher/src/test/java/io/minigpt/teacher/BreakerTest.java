package io.minigpt.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Breaker breaker =
            new Breaker(3, Duration.ofSeconds(10), Duration.ofSeconds(60), () -> now, new Random(1));

    @Test
    void pausesAfterFailuresInARow() {
        fail(2);
        breaker.succeeded();
        fail(2);
        assertThat(breaker.pause()).isEmpty();

        fail(1);

        assertThat(breaker.pause()).get().satisfies(pause -> {
            assertThat(pause.until()).isBetween(now.plusSeconds(5), now.plusSeconds(10));
            assertThat(pause.reason()).contains("http://teacher").contains("500");
        });
        TeacherBusyException busy = catchThrowableOfType(TeacherBusyException.class, breaker::admit);
        assertThat(busy.retryAfter())
                .isEqualTo(Duration.between(now, breaker.pause().orElseThrow().until()));
    }

    @Test
    void oneCallTriesWhetherItWorksAgain() {
        fail(3);
        now = breaker.pause().orElseThrow().until();

        breaker.admit();

        assertThatThrownBy(breaker::admit).isInstanceOf(TeacherBusyException.class);
        breaker.succeeded();
        assertThat(breaker.pause()).isEmpty();
        breaker.admit();
        breaker.admit();
    }

    @Test
    void eachPauseInARowIsLonger() {
        fail(3);
        Duration last = Duration.ZERO;
        for (int trial = 0; trial < 6; trial++) {
            now = breaker.pause().orElseThrow().until();
            breaker.admit();
            fail(1);
            last = Duration.between(now, breaker.pause().orElseThrow().until());
        }

        assertThat(last).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    @Test
    void pausesAtOnceForAsLongAsTheEndpointAsks() {
        breaker.failed(failure(Duration.ofMinutes(3)));

        assertThat(breaker.pause()).get().extracting(Breaker.Pause::until).isEqualTo(now.plusSeconds(180));
    }

    @Test
    void aTrialThatEndsWithoutAVerdictLeavesTheNextOneToTry() {
        fail(3);
        now = breaker.pause().orElseThrow().until();
        breaker.admit();

        breaker.abandoned();

        breaker.admit();
    }

    @Test
    void callsFromBeforeThePauseDoNotLengthenIt() {
        fail(3);
        Breaker.Pause pause = breaker.pause().orElseThrow();

        fail(30);

        assertThat(breaker.pause()).contains(pause);
    }

    @Test
    void aDecoratedTeacherIsNotAskedDuringAPause() {
        int[] calls = {0};
        Teacher failing = new PlainTeacher("t") {
            @Override
            public TeacherReply ask(TeacherRequest request) {
                calls[0]++;
                throw failure(null);
            }
        };
        Teacher broken = new BreakingTeacher(failing, breaker);
        for (int call = 0; call < 3; call++) {
            assertThatThrownBy(() -> broken.ask(PlainTeacher.REQUEST)).isInstanceOf(RetryableTeacherException.class);
        }

        assertThatThrownBy(() -> broken.ask(PlainTeacher.REQUEST)).isInstanceOf(TeacherBusyException.class);

        assertThat(calls[0]).isEqualTo(3);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(failure(null));
        }
    }

    private static RetryableTeacherException failure(Duration retryAfter) {
        return new RetryableTeacherException(
                RetryableTeacherException.Kind.SERVER_ERROR, "http://teacher", 500, retryAfter, "", null);
    }
}
