package io.minigpt.teacher;

import java.time.Duration;

/** Answers everything with its name, for 1,000,000 tokens in and 500,000 out. */
class PlainTeacher implements Teacher {

    static final QuestionsRequest REQUEST = QuestionsRequest.first("水是液体。", "", 5, "v1");

    private final String name;

    PlainTeacher(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return name + "-1";
    }

    @Override
    public Promise promise(TeacherRequest request) {
        return Promise.exactly(request.wanted());
    }

    @Override
    public TeacherReply ask(TeacherRequest request) throws InterruptedException {
        return new TeacherReply(name, 1_000_000, 500_000, Duration.ofMillis(1), "model");
    }
}
