package io.minigpt.augmentation;

import io.minigpt.teacher.Promise;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.TeacherReply;
import io.minigpt.teacher.TeacherRequest;
import java.util.concurrent.Semaphore;

/** A teacher under its configured name that is asked no more than so many things at a time; further callers wait. */
final class LimitedTeacher implements Teacher {

    private final String name;
    private final Teacher teacher;
    private final Semaphore free;

    LimitedTeacher(String name, Teacher teacher, int concurrency) {
        this.name = name;
        this.teacher = teacher;
        this.free = new Semaphore(concurrency, true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return teacher.version();
    }

    @Override
    public Promise promise(TeacherRequest request) {
        return teacher.promise(request);
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
