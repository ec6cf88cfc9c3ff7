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

    @Override
    public TeacherReply ask(TeacherRequest request) throws InterruptedException {
        int failures = 0;
        while (true) {
            try {
                return teacher.ask(request).after(failures);
            } catch (RetryableTeacherException e) {
                failures++;
                Duration asked = e.retryAfter().orElse(Duration.ZERO);
                if (failures == policy.maxCalls() || asked.compareTo(policy.maxRetryAfter()) > 0) {
                    throw e.afterCalls(failures);
                }
                Duration delay = policy.delay(failures, random);
                pause.of(delay.compareTo(asked) < 0 ? asked : delay);
            }
        }
    }
}
