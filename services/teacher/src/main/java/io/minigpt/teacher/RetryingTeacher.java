package io.minigpt.teacher;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Makes a failed call again, as a {@link RetryPolicy} says. */
final class RetryingTeacher extends DelegatingTeacher {

    /** Waits; replaced in tests. */
    @FunctionalInterface
    interface Pause {
        void of(Duration delay) throws InterruptedException;
    }

    private final RetryPolicy policy;
    private final RandomGenerator random;
    private final Pause pause;

    RetryingTeacher(Teacher teacher, RetryPolicy policy, RandomGenerator random, Pause pause) {
        super(teacher);
        this.policy = Objects.requireNonNull(policy, "policy");
        this.random = random;
        this.pause = pause;
    }

    /**
     * {@inheritDoc}
     *
     * @throws TeacherBusyException when waiting is all that can be done: the endpoint is away, asks to slow down for
     *     longer than a call should wait, or is paused
     */
    @Override
    public TeacherReply ask(TeacherRequest request) throws InterruptedException {
        RetryableTeacherException last = null;
        int failures = 0;
        while (true) {
            try {
                return teacher.ask(request).after(failures);
            } catch (TeacherBusyException e) {
                if (last == null) {
                    throw e;
                }
                throw given(last.afterCalls(failures), e.retryAfter());
            } catch (FatalTeacherException e) {
                CallFailures.tell(e);
                throw e;
            } catch (RetryableTeacherException e) {
                CallFailures.tell(e);
                last = e;
                failures++;
                Duration asked = e.retryAfter().orElse(Duration.ZERO);
                Duration delay = policy.delay(failures, random);
                Duration wait = delay.compareTo(asked) < 0 ? asked : delay;
                if (failures == policy.maxCalls() || asked.compareTo(policy.maxRetryAfter()) > 0) {
                    throw given(e.afterCalls(failures), wait);
                }
                pause.of(wait);
            }
        }
    }

    /** What no request can be blamed for is no failure of the request. */
    private static RuntimeException given(RetryableTeacherException failure, Duration wait) {
        boolean waiting =
                switch (failure.kind()) {
                    case RATE_LIMITED, UNREACHABLE -> true;
                    case SERVER_ERROR, TIMEOUT, CUT -> failure.retryAfter().isPresent();
                };
        return waiting ? new TeacherBusyException(failure.getMessage(), wait) : failure;
    }
}
