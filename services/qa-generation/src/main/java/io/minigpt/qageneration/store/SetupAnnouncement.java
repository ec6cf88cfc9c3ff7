package io.minigpt.qageneration.store;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Outbox;
import io.minigpt.platform.events.Streams;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.generation.v1.GenerationConfigured;
import io.minigpt.proto.generation.v1.OfferedPrompt;
import io.minigpt.proto.generation.v1.OfferedTeacher;
import io.minigpt.teacher.PromptTemplate;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.configuration.Teachers;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells at each start which prompts and teachers there are, so that others can tell what is out of date. */
@ApplicationScoped
class SetupAnnouncement {

    private static final String KEY = "generation";
    private static final String STREAM = "setup/" + KEY;

    private final Database database;
    private final Streams streams;
    private final Outbox outbox;
    private final Prompts prompts;
    private final Teachers teachers;

    SetupAnnouncement(Database database, Streams streams, Outbox outbox, Prompts prompts, Teachers teachers) {
        this.database = database;
        this.streams = streams;
        this.outbox = outbox;
        this.prompts = prompts;
        this.teachers = teachers;
    }

    void start(@Observes StartupEvent event) {
        database.run(transaction -> outbox.publish(transaction, KEY, setup(streams.next(transaction, STREAM, 1))));
    }

    private GenerationConfigured setup(long revision) {
        GenerationConfigured.Builder setup = GenerationConfigured.newBuilder()
                .setPosition(StreamPosition.newBuilder().setStream(STREAM).setRevision(revision))
                .addPrompts(offer(prompts.questions()))
                .setDefaultTeacher(teachers.defaultName());
        teachers.names().stream()
                .flatMap(name -> teachers.find(name).stream())
                .map(SetupAnnouncement::offer)
                .forEach(setup::addTeachers);
        return setup.build();
    }

    private static OfferedPrompt offer(PromptTemplate prompt) {
        return OfferedPrompt.newBuilder()
                .setName(prompt.name())
                .setVersion(prompt.version())
                .build();
    }

    private static OfferedTeacher offer(Teacher teacher) {
        return OfferedTeacher.newBuilder()
                .setName(teacher.name())
                .setLabel(teacher.name() + "/" + teacher.version())
                .build();
    }
}
