package io.minigpt.teacher;

import java.util.Objects;

/** A teacher under its configured name, which notes on each reply who gave it and what it cost. */
public final class PricedTeacher extends DelegatingTeacher {

    private final String name;
    private final Price price;

    public PricedTeacher(String name, Teacher teacher, Price price) {
        super(teacher);
        this.name = Objects.requireNonNull(name, "name");
        this.price = Objects.requireNonNull(price, "price");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TeacherReply ask(TeacherRequest request) throws InterruptedException {
        TeacherReply reply = teacher.ask(request);
        return reply.by(name + "/" + version(), price.of(reply.tokensIn(), reply.tokensOut()));
    }
}
