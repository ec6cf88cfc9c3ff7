package io.minigpt.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;

/**
 * How a service is.
 *
 * @param name its name
 * @param state whether it answers and is ready
 * @param documentation its interface, described for people
 */
public record ServiceStatus(String name, State state, URI documentation) {

    /** What the service says of itself. */
    public enum State {
        /** It takes requests. */
        @JsonProperty("up")
        UP,
        /** It answers, but is not ready. */
        @JsonProperty("starting")
        STARTING,
        /** It does not answer. */
        @JsonProperty("down")
        DOWN
    }
}
