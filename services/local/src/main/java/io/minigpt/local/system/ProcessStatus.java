package io.minigpt.local.system;

import java.time.Duration;

/**
 * What a process of the system is doing.
 *
 * @param name process name
 * @param port port that it listens on
 * @param state where it is in its life
 */
public record ProcessStatus(String name, int port, State state) {

    /** Where a process is in its life. */
    public sealed interface State {}

    /** Not started, or stopped by command. */
    public record Stopped() implements State {}

    /** It ended although nobody asked it to. */
    public record Died() implements State {}

    /**
     * It runs.
     *
     * @param pid process id
     * @param ready whether it takes requests and events
     * @param memoryBytes memory in RAM
     * @param uptime time since its start
     */
    public record Running(long pid, boolean ready, long memoryBytes, Duration uptime) implements State {}

    /** Whether it does what it is there for. */
    public boolean isReady() {
        return state instanceof Running running && running.ready();
    }
}
