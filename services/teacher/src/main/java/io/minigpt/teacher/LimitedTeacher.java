package io.minigpt.teacher;

import java.util.concurrent.Semaphore;

/** A teacher that is asked no more than so many things at a time; further callers wait. */
public final class LimitedTeacher extends DelegatingTeacher {

    private final Semaphore free;

    /** @param concurrency calls at a time, at least 1 */
    public LimitedTeacher(Teacher teacher, int concurrency) {
        super(teacher);
        this.free = new Semaphore(concurrency, true);
    }

    @Override
    public TeacherReply ask(TeacherRequest request) throws InterruptedException {
        free.acquire();
        try {
            return teacher.ask(request);
        } finally {
            free.release();
        }
    }
}
