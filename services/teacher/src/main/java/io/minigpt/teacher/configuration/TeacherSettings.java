package io.minigpt.teacher.configuration;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How to reach one teacher. */
public interface TeacherSettings {

    /** What it is: an endpoint that speaks OpenAI's chat completions, or the rule-based stand-in. */
    Kind kind();

    /** Address up to and without /chat/completions; needed for kind openai. */
    Optional<URI> baseUrl();

    /** The model as the endpoint calls it; needed for kind openai. */
    Optional<String> model();

    /** Key of the endpoint, if it wants one; from the environment or a mounted file. */
    Optional<String> apiKey();

    /** Time for one whole call. */
    @WithDefault("120s")
    Duration timeout();

    /** Calls at a time. */
    @WithDefault("4")
    int concurrency();

    /** Calls in all for one reply, when the endpoint fails or asks to slow down. */
    @WithDefault("5")
    int maxCalls();

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
        OPENAI
    }
}
