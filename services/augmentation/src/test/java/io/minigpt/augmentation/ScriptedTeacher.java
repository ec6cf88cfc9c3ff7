package io.minigpt.augmentation;

import io.minigpt.teacher.Promise;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.TeacherReply;
import io.minigpt.teacher.TeacherRequest;
import io.minigpt.teacher.VariantsRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers with the given replies in their order, and keeps what it was asked. */
final class ScriptedTeacher implements Teacher {

    private final List<String> replies;
    private final List<VariantsRequest> asked = new ArrayList<>();

    ScriptedTeacher(String... replies) {
        this.replies = List.of(replies);
    }

    List<VariantsRequest> asked() {
        return asked;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public String version() {
        return "scripted:1";
    }

    @Override
    public Promise promise(TeacherRequest request) {
        return Promise.exactly(request.wanted());
    }

    @Override
    public TeacherReply ask(TeacherRequest request) {
        asked.add((VariantsRequest) request);
        return new TeacherReply(replies.get(asked.size() - 1), 10, 20, Duration.ofMillis(5), "scripted");
    }
}
