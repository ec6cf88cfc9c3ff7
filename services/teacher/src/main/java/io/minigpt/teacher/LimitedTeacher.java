package io.minigpt.teacher;

import java.util.concurrent.Semaphore;

/** A teacher under its configured name that is asked no more than so many things at a time; further callers wait. */
public final class LimitedTeacher extends DelegatingTeacher {

    private final String name;
    private final Semaphore free;

    /** @param concurrency calls at a time, at least 1 */
    public LimitedTeacher(String name, Teacher teacher, int concurrency) {
        super(teacher);
        this.name = name;
        this.free = new Semaphore(concurrency, true);
    }

    @Override
    public String name() {
        return name;
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
