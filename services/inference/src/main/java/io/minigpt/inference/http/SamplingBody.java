package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** What both kinds of completion can be told; null where the caller says nothing. */
interface SamplingBody {

    /** Name, name@alias or name:version. */
    String model();

    /** The most new tokens. */
    Integer maxTokens();

    /** Sampling temperature, 0 to 2. */
    Double temperature();

    /** Sample among the likeliest tokens that together have this probability. */
    Double topP();

    /** Sample among this many likeliest tokens; 0 for all. */
    Integer topK();

    /** Seed of the random stream. */
    Long seed();

    /** A text or up to four at which the answer ends. */
    JsonNode stop();

    /** What counts as repeating: safe, seed or off. */
    String repetition();

    /** Whether the answer comes as server-sent events. */
    Boolean stream();

    /** How it comes. */
    StreamOptions streamOptions();

    /** How a stream comes: whether it ends with the number of tokens; padding against eavesdroppers is ignored. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record StreamOptions(Boolean includeUsage, Boolean includeObfuscation) {}

    /** Whether the answer comes as server-sent events. */
    default boolean streamed() {
        return Boolean.TRUE.equals(stream());
    }

    /** Whether a stream ends with the number of tokens. */
    default boolean usageWanted() {
        return streamOptions() != null && Boolean.TRUE.equals(streamOptions().includeUsage());
    }
}
