package io.minigpt.teacher;

import java.util.Objects;

/** A teacher behind a {@link Breaker}. */
public final class BreakingTeacher extends DelegatingTeacher {

    private final Breaker breaker;

    public BreakingTeacher(Teacher teacher, Breaker breaker) {
        super(teacher);
        this.breaker = Objects.requireNonNull(breaker, "breaker");
    }

    /** {@inheritDoc} @throws TeacherBusyException while the breaker pauses the teacher */
    @Override
    public TeacherReply ask(TeacherRequest request) throws InterruptedException {
        breaker.admit();
        boolean judged = false;
        try {
            TeacherReply reply = teacher.ask(request);
            breaker.succeeded();
            judged = true;
            return reply;
        } catch (RetryableTeacherException e) {
            breaker.failed(e);
            judged = true;
            throw e;
        } finally {
            if (!judged) {
                breaker.abandoned();
            }
        }
    }
}
