package io.minigpt.teacher.configuration;

import io.minigpt.teacher.Breaker;
import io.minigpt.teacher.Price;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.openai.OpenAiSettings;
import io.minigpt.teacher.openai.OpenAiTeacher;
import io.minigpt.teacher.openai.ReplyFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The parts of one teacher, made of its settings; whatever is wrong is said with its key. */
record Setup(String name, TeacherSettings settings) {

    /** Prefix of a teacher's keys. */
    static String key(String name) {
        return "minigpt.teaching.teachers." + name;
    }

    OpenAiTeacher endpoint(Prompts prompts) {
        return checked(() -> new OpenAiTeacher(
                new OpenAiSettings(
                        name,
                        settings.baseUrl().orElseThrow(() -> missing("base-url")),
                        settings.model().orElseThrow(() -> missing("model")),
                        apiKey(),
                        settings.timeout(),
                        settings.temperature(),
                        settings.seed(),
                        settings.maxTokens(),
                        settings.jsonSchema() ? ReplyFormat.JSON_SCHEMA : ReplyFormat.LINES),
                prompts));
    }

    Breaker breaker(InstantSource clock, RandomGenerator random) {
        return checked(() -> new Breaker(
                settings.breakerThreshold(), settings.breakerPause(), settings.breakerMaxPause(), clock, random));
    }

    Price price() {
        return checked(() -> new Price(settings.priceIn(), settings.priceOut()));
    }

    int ratePerMinute() {
        return atLeastOne("rate-per-minute", settings.ratePerMinute().orElseThrow());
    }

    int concurrency() {
        return atLeastOne("concurrency", settings.concurrency());
    }

    int maxCalls() {
        return atLeastOne("max-calls", settings.maxCalls());
    }

    private String apiKey() {
        if (settings.apiKey().isPresent() && settings.apiKeyFile().isPresent()) {
            throw new IllegalArgumentException("api-key and api-key-file are both given");
        }
        return settings.apiKeyFile().map(Setup::read).orElse(settings.apiKey().orElse(""));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("api-key-file " + file + " cannot be read (" + e + ")", e);
        }
    }

    private int atLeastOne(String property, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key(name) + "." + property + " must be at least 1, but is " + value);
        }
        return value;
    }

    private <T> T checked(Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key(name) + ": " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException missing(String property) {
        return new IllegalArgumentException(property + " is needed for a teacher of kind openai");
    }
}
