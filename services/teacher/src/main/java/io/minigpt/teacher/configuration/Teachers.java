package io.minigpt.teacher.configuration;

import io.minigpt.teacher.Breaker;
import io.minigpt.teacher.BreakingTeacher;
import io.minigpt.teacher.LimitedTeacher;
import io.minigpt.teacher.PooledTeacher;
import io.minigpt.teacher.Price;
import io.minigpt.teacher.PricedTeacher;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.RatedTeacher;
import io.minigpt.teacher.RetryPolicy;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.TokenBucket;
import io.minigpt.teacher.configuration.TeacherSettings.Kind;
import io.minigpt.teacher.extractive.ExtractiveTeacher;
import io.minigpt.teacher.openai.OpenAiTeacher;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** The configured teachers by name, each with its price, breaker, rate, limit of calls at a time and retries. */
public final class Teachers implements AutoCloseable {

    /** Where token buckets come from. */
    @FunctionalInterface
    public interface Buckets {
        TokenBucket of(String teacher, int perMinute);
    }

    private static final String EXTRACTIVE = "extractive";
    private static final int EXTRACTIVE_CONCURRENCY = 4;

    private final Map<String, Teacher> byName = new TreeMap<>();
    private final Map<String, Breaker> breakers = new TreeMap<>();
    private final List<OpenAiTeacher> endpoints = new ArrayList<>();
    private final Prompts prompts;
    private final Buckets buckets;
    private final String defaultName;
    private final int concurrency;

    /**
     * Makes the teachers.
     *
     * @param common the ones of all services
     * @param own what this service has instead or besides
     * @throws IllegalArgumentException if a setting is missing or wrong; the message names it
     */
    public Teachers(TeachersConfig common, TeachingConfig own, Prompts prompts, Buckets buckets) {
        this.prompts = prompts;
        this.buckets = buckets;
        Map<String, TeacherSettings> all = new TreeMap<>(common.teachers());
        all.putAll(own.teachers());
        byName.put(
                EXTRACTIVE,
                new LimitedTeacher(
                        new PricedTeacher(EXTRACTIVE, new ExtractiveTeacher(), Price.NONE), EXTRACTIVE_CONCURRENCY));
        all.forEach((name, settings) -> {
            if (settings.kind() != Kind.POOL) {
                byName.put(name, teacher(name, settings));
            }
        });
        all.forEach((name, settings) -> {
            if (settings.kind() == Kind.POOL) {
                byName.put(name, pool(name, settings, all));
            }
        });
        defaultName = own.teacher().orElse(common.teacher());
        if (!byName.containsKey(defaultName)) {
            throw new IllegalArgumentException("minigpt.teaching.teacher names '" + defaultName
                    + "', which is not configured; configured are " + byName.keySet());
        }
        concurrency = all.values().stream()
                .filter(settings -> settings.kind() != Kind.POOL)
                .mapToInt(TeacherSettings::concurrency)
                .reduce(EXTRACTIVE_CONCURRENCY, Math::addExact);
    }

    /** The teacher with this name; with an empty name the default one. */
    public Optional<Teacher> find(String name) {
        return Optional.ofNullable(byName.get(name.isEmpty() ? defaultName : name));
    }

    /** Names of all. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Name of the one that is asked when none is named. */
    public String defaultName() {
        return defaultName;
    }

    /** The pause of a teacher, if this replica has paused it. */
    public Optional<Breaker.Pause> pause(String name) {
        return Optional.ofNullable(breakers.get(name)).flatMap(Breaker::pause);
    }

    /** The most calls that all of them together take at a time. */
    public int concurrency() {
        return concurrency;
    }

    @Override
    public void close() {
        endpoints.forEach(OpenAiTeacher::close);
    }

    private Teacher teacher(String name, TeacherSettings settings) {
        Setup setup = new Setup(name, settings);
        Teacher teacher =
                settings.kind() == Kind.EXTRACTIVE ? new ExtractiveTeacher() : endpoint(setup.endpoint(prompts));
        Breaker breaker = setup.breaker(InstantSource.system(), new Random());
        breakers.put(name, breaker);
        Teacher guarded = new BreakingTeacher(new PricedTeacher(name, teacher, setup.price()), breaker);
        if (settings.ratePerMinute().isPresent()) {
            guarded = new RatedTeacher(guarded, buckets.of(name, setup.ratePerMinute()));
        }
        return RetryPolicy.calls(setup.maxCalls()).wrap(new LimitedTeacher(guarded, setup.concurrency()));
    }

    private OpenAiTeacher endpoint(OpenAiTeacher teacher) {
        endpoints.add(teacher);
        return teacher;
    }

    private Teacher pool(String name, TeacherSettings settings, Map<String, TeacherSettings> all) {
        List<PooledTeacher.Member> members = new ArrayList<>();
        settings.members().forEach((member, weight) -> {
            boolean pool = all.containsKey(member) && all.get(member).kind() == Kind.POOL;
            if (pool || !byName.containsKey(member)) {
                throw new IllegalArgumentException(Setup.key(name) + ".members names '" + member
                        + "', which is no configured teacher; configured are " + byName.keySet());
            }
            members.add(new PooledTeacher.Member(byName.get(member), weight));
        });
        return new PooledTeacher(name, members);
    }
}
