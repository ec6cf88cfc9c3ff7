package io.minigpt.teacher;

import java.time.Duration;
import java.util.Objects;

/** A teacher that is asked no faster than its token bucket allows; short waits are waited for. */
public final class RatedTeacher extends DelegatingTeacher {

    private static final Duration SHORT = Duration.ofSeconds(1);

    private final TokenBucket bucket;

    public RatedTeacher(Teacher teacher, TokenBucket bucket) {
        super(teacher);
        this.bucket = Objects.requireNonNull(bucket, "bucket");
    }

    /** {@inheritDoc} @throws TeacherBusyException if the next token is more than a second away */
    @Override
    public TeacherReply ask(TeacherRequest request) throws InterruptedException {
        Duration wait = bucket.take();
        while (wait.isPositive()) {
            if (wait.compareTo(SHORT) > 0) {
                throw new TeacherBusyException("the rate of teacher " + name() + " is used up", wait);
            }
            Thread.sleep(wait);
            wait = bucket.take();
        }
        return teacher.ask(request);
    }
}
