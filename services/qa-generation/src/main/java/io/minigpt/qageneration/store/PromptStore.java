package io.minigpt.qageneration.store;

import io.minigpt.platform.database.Database;
import io.minigpt.teacher.PromptTemplate;
import io.minigpt.teacher.Prompts;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Every version of a prompt that was ever loaded, so that what a pair was asked with can be looked up. */
@ApplicationScoped
public class PromptStore {

    /** A version of a prompt; {@code current} if runs use it. */
    public record Row(String name, String version, boolean current, String system, String request, Instant loadedAt) {}

    private final Database database;
    private final Prompts prompts;

    PromptStore(Database database, Prompts prompts) {
        this.database = database;
        this.prompts = prompts;
    }

    void start(@Observes StartupEvent event) {
        database.run(transaction -> current()
                .forEach(template -> transaction
                        .createUpdate("""
                        insert into prompt (version, name, system, request)
                        values (:version, :name, :system, :request) on conflict (version) do nothing
                        """)
                        .bind("version", template.version())
                        .bind("name", template.name())
                        .bind("system", template.system())
                        .bind("request", template.user())
                        .execute()));
    }

    /** All versions, newest first. */
    public List<Row> list() {
        Set<String> current = current().stream().map(PromptTemplate::version).collect(Collectors.toSet());
        return database.read(handle -> handle.createQuery("select * from prompt order by loaded_at desc, version")
                .map((row, context) -> new Row(
                        row.getString("name"),
                        row.getString("version"),
                        current.contains(row.getString("version")),
                        row.getString("system"),
                        row.getString("request"),
                        row.getTimestamp("loaded_at").toInstant()))
                .list());
    }

    private List<PromptTemplate> current() {
        return List.of(prompts.questions(), prompts.sentences());
    }
}
