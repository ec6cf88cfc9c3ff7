package io.minigpt.teacher.configuration;

import io.minigpt.teacher.LimitedTeacher;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.RetryPolicy;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.extractive.ExtractiveTeacher;
import io.minigpt.teacher.openai.OpenAiSettings;
import io.minigpt.teacher.openai.OpenAiTeacher;
import io.minigpt.teacher.openai.ReplyFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The configured teachers by name, each with its retries and its limit of calls at a time. */
public final class Teachers implements AutoCloseable {

    private static final String EXTRACTIVE = "extractive";
    private static final int EXTRACTIVE_CONCURRENCY = 4;

    private final Map<String, Teacher> byName = new TreeMap<>();
    private final List<OpenAiTeacher> endpoints = new ArrayList<>();
    private final String prefix;
    private final String defaultName;
    private final int concurrency;

    /**
     * Makes the teachers.
     *
     * @param prefix prefix of the configuration's keys, for messages
     * @throws IllegalArgumentException if a setting is missing or wrong; the message names it
     */
    public Teachers(String prefix, TeachingConfig config, Prompts prompts) {
        this.prefix = prefix;
        byName.put(EXTRACTIVE, new LimitedTeacher(EXTRACTIVE, new ExtractiveTeacher(), EXTRACTIVE_CONCURRENCY));
        config.teachers().forEach((name, settings) -> byName.put(name, teacher(name, settings, prompts)));
        defaultName = config.teacher();
        if (!byName.containsKey(defaultName)) {
            throw new IllegalArgumentException(prefix + ".teacher names '" + defaultName
                    + "', which is not configured; configured are " + byName.keySet());
        }
        concurrency = config.teachers().values().stream()
                .mapToInt(TeacherSettings::concurrency)
                .reduce(EXTRACTIVE_CONCURRENCY, Math::max);
    }

    /** The teacher with this name; with an empty name the default one. */
    public Optional<Teacher> find(String name) {
        return Optional.ofNullable(byName.get(name.isEmpty() ? defaultName : name));
    }

    /** Names of all. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The most calls that one of them takes at a time. */
    public int concurrency() {
        return concurrency;
    }

    @Override
    public void close() {
        endpoints.forEach(OpenAiTeacher::close);
    }

    private Teacher teacher(String name, TeacherSettings settings, Prompts prompts) {
        String key = prefix + ".teachers." + name;
        if (settings.concurrency() < 1) {
            throw new IllegalArgumentException(key + ".concurrency must be at least 1");
        }
        Teacher teacher =
                switch (settings.kind()) {
                    case EXTRACTIVE -> new ExtractiveTeacher();
                    case OPENAI -> endpoint(name, key, settings, prompts);
                };
        RetryPolicy standard = RetryPolicy.standard();
        return new RetryPolicy(
                        settings.maxCalls(), standard.firstDelay(), standard.maxDelay(), standard.maxRetryAfter())
                .wrap(new LimitedTeacher(name, teacher, settings.concurrency()));
    }

    private Teacher endpoint(String name, String key, TeacherSettings settings, Prompts prompts) {
        OpenAiTeacher teacher = new OpenAiTeacher(
                new OpenAiSettings(
                        name,
                        settings.baseUrl().orElseThrow(() -> missing(key + ".base-url")),
                        settings.model().orElseThrow(() -> missing(key + ".model")),
                        settings.apiKey().orElse(""),
                        settings.timeout(),
                        settings.temperature(),
                        settings.seed(),
                        settings.maxTokens(),
                        settings.jsonSchema() ? ReplyFormat.JSON_SCHEMA : ReplyFormat.LINES),
                prompts);
        endpoints.add(teacher);
        return teacher;
    }

    private static IllegalArgumentException missing(String key) {
        return new IllegalArgumentException(key + " is needed for a teacher of kind openai");
    }
}
