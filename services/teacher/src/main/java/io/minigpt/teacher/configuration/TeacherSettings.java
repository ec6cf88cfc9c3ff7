package io.minigpt.teacher.configuration;

import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How to reach one teacher. */
public interface TeacherSettings {

    /** What it is: an endpoint that speaks OpenAI's chat completions, the rule-based stand-in, or a pool of others. */
    Kind kind();

    /** Address up to and without /chat/completions; needed for kind openai. */
    Optional<URI> baseUrl();

    /** The model as the endpoint calls it; needed for kind openai. */
    Optional<String> model();

    /** Key of the endpoint, if it wants one; from the environment or a mounted file. */
    Optional<String> apiKey();

    /** File that holds the key and nothing else, such as a mounted secret; instead of the key itself. */
    Optional<Path> apiKeyFile();

    /** Time for one whole call. */
    @WithDefault("120s")
    Duration timeout();

    /** Calls at a time, of each replica. */
    @WithDefault("4")
    int concurrency();

    /** Calls a minute, of all replicas of a service together; as fast as it goes if not given. */
    OptionalInt ratePerMinute();

    /** Calls in all for one reply, when the endpoint fails or asks to slow down. */
    @WithDefault("5")
    int maxCalls();

    /** Failures in a row after which the teacher is paused. */
    @WithDefault("5")
    int breakerThreshold();

    /** First pause; each further one in a row is twice as long. */
    @WithDefault("5s")
    Duration breakerPause();

    /** Longest pause. */
    @WithDefault("5m")
    Duration breakerMaxPause();

    /** Price of a million tokens sent. */
    @WithDefault("0")
    BigDecimal priceIn();

    /** Price of a million tokens received. */
    @WithDefault("0")
    BigDecimal priceOut();

    /**
     * For kind pool: the weights of its members by name; 0 for one that is asked only when the others fail or take no
     * calls.
     */
    Map<String, Integer> members();

    /** Sampling temperature; the endpoint's own if not given. */
    OptionalDouble temperature();

    /** Sampling seed; none if not given. */
    OptionalLong seed();

    /** Longest reply, in tokens; the endpoint's own limit if not given. */
    OptionalInt maxTokens();

    /** Whether the endpoint is asked for output that fits a JSON schema. */
    @WithDefault("false")
    boolean jsonSchema();

    /** Kinds of teachers. */
    enum Kind {
        EXTRACTIVE,
        OPENAI,
        POOL
    }
}
