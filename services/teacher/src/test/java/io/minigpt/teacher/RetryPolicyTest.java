package io.minigpt.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final QuestionsRequest REQUEST = QuestionsRequest.first("水。", "", 5, "v1");
    private static final RetryPolicy POLICY =
            new RetryPolicy(4, Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(10));

    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void waitsLongerAfterEveryFailure() throws InterruptedException {
        FailingTeacher failing = new FailingTeacher(3, null);

        TeacherReply reply = wrap(failing).ask(REQUEST);

        assertThat(reply.retries()).isEqualTo(3);
        assertThat(failing.calls).isEqualTo(4);
        assertThat(pauses).hasSize(3);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(pauses.get(2)).isBetween(Duration.ofMillis(150), Duration.ofMillis(300));
    }

    @Test
    void givesUpAfterTheLastCall() {
        FailingTeacher failing = new FailingTeacher(9, null);

        RetryableTeacherException failure = catchThrowableOfType(
                RetryableTeacherException.class, () -> wrap(failing).ask(REQUEST));

        assertThat(failing.calls).isEqualTo(4);
        assertThat(failure.calls()).isEqualTo(4);
        assertThat(failure).hasMessageContaining("4 calls").hasMessageContaining("http://teacher");
    }

    @Test
    void waitsAsLongAsTheEndpointAsks() throws InterruptedException {
        wrap(new FailingTeacher(1, Duration.ofSeconds(7))).ask(REQUEST);

        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void leavesTheWaitingToTheCallerWhenTheEndpointAsksForLong() {
        FailingTeacher failing = new FailingTeacher(1, Duration.ofSeconds(11));

        TeacherBusyException busy = catchThrowableOfType(
                TeacherBusyException.class, () -> wrap(failing).ask(REQUEST));

        assertThat(failing.calls).isEqualTo(1);
        assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(11));
        assertThat(pauses).isEmpty();
    }

    @Test
    void anEndpointThatIsAwayIsNoFaultOfTheRequest() {
        FailingTeacher failing = new FailingTeacher(9, null) {
            @Override
            RuntimeException failure() {
                return new RetryableTeacherException(
                        RetryableTeacherException.Kind.UNREACHABLE, "http://teacher", 0, null, "", null);
            }
        };

        assertThatThrownBy(() -> wrap(failing).ask(REQUEST))
                .isInstanceOf(TeacherBusyException.class)
                .hasMessageContaining("cannot be reached");
        assertThat(failing.calls).isEqualTo(4);
    }

    @Test
    void neverRepeatsAFatalFailure() {
        FailingTeacher failing = new FailingTeacher(9, null) {
            @Override
            RuntimeException failure() {
                return new FatalTeacherException(FatalTeacherException.Kind.UNAUTHORIZED, "http://teacher", 401, "");
            }
        };

        assertThatThrownBy(() -> wrap(failing).ask(REQUEST)).isInstanceOf(FatalTeacherException.class);
        assertThat(failing.calls).isEqualTo(1);
    }

    @Test
    void theDelayNeverGrowsBeyondItsMaximum() {
        Random random = new Random(1);
        for (int failures = 1; failures < 200; failures++) {
            assertThat(POLICY.delay(failures, random)).isBetween(Duration.ofMillis(50), Duration.ofMillis(300));
        }
    }

    @Test
    void namesTheBadSetting() {
        assertThatThrownBy(() -> new RetryPolicy(0, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1)))
                .hasMessageContaining("maxCalls");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1)))
                .hasMessageContaining("firstDelay");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofMillis(2), Duration.ofMillis(1), Duration.ofMillis(1)))
                .hasMessageContaining("maxDelay");
    }

    private Teacher wrap(Teacher teacher) {
        return new RetryingTeacher(teacher, POLICY, new Random(5), pauses::add);
    }

    /** Fails a number of times, then answers. */
    private static class FailingTeacher implements Teacher {

        private final int failures;
        private final Duration retryAfter;
        private int calls;

        FailingTeacher(int failures, Duration retryAfter) {
            this.failures = failures;
            this.retryAfter = retryAfter;
        }

        RuntimeException failure() {
            return new RetryableTeacherException(
                    RetryableTeacherException.Kind.SERVER_ERROR, "http://teacher", 500, retryAfter, "", null);
        }

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public String version() {
            return "failing:1";
        }

        @Override
        public Promise promise(TeacherRequest request) {
            return Promise.exactly(request.wanted());
        }

        @Override
        public TeacherReply ask(TeacherRequest request) {
            calls++;
            if (calls <= failures) {
                throw failure();
            }
            return new TeacherReply("", 0, 0, Duration.ZERO, "failing");
        }
    }
}
