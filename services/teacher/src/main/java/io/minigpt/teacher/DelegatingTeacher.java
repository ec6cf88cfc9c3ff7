package io.minigpt.teacher;

import java.util.Objects;

/** Another teacher, asked in another way: what decorators of teachers share. */
abstract class DelegatingTeacher implements Teacher {

    final Teacher teacher;

    DelegatingTeacher(Teacher teacher) {
        this.teacher = Objects.requireNonNull(teacher, "teacher");
    }

    @Override
    public String name() {
        return teacher.name();
    }

    @Override
    public String version() {
        return teacher.version();
    }

    @Override
    public Promise promise(TeacherRequest request) {
        return teacher.promise(request);
    }
}
