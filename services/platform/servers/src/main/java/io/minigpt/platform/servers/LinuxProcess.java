package io.minigpt.platform.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of this machine, identified by its id together with the time it started at, so that a process that got
 * the same id later is not taken for it. Reads {@code /proc} (proc(5)). Unlike {@link ProcessHandle} it does not call
 * a process running that has ended and only waits for its parent to notice.
 *
 * @param pid process id
 * @param startTicks start time in clock ticks since the machine started
 */
public record LinuxProcess(long pid, long startTicks) {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int STATE = 0;
    // the fields of /proc/<pid>/stat behind the command's name start with the third
    private static final int THREADS = 20 - 3;
    private static final int START_TIME = 22 - 3;

    /** Signals in use. */
    public enum Signal {
        INT,
        QUIT,
        TERM,
        KILL,
        STOP,
        CONT
    }

    /** The running process with this id. */
    public static Optional<LinuxProcess> find(long pid) {
        return fields(pid).map(fields -> new LinuxProcess(pid, Long.parseLong(fields.get(START_TIME))));
    }

    /** Whether this very process still runs. */
    public boolean isRunning() {
        return find(pid).filter(this::equals).isPresent();
    }

    /** Its program and arguments; empty when it has ended. */
    public List<String> commandLine() {
        return read(pid, "cmdline")
                .filter(line -> isRunning())
                .map(line -> List.of(line.split("\0")))
                .orElse(List.of());
    }

    /** Sends a signal; does nothing when the process has ended. */
    public void signal(Signal signal) {
        if (!isRunning()) {
            return;
        }
        try {
            // the shell's own kill: the JDK sends TERM and KILL only
            new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new ServerStartException("Process " + pid + " cannot be signalled: " + failure, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until it has ended, at most {@code limit}; whether it has. */
    public boolean awaitEnd(Duration limit) {
        Instant deadline = Instant.now().plus(limit);
        while (isRunning()) {
            if (Instant.now().isAfter(deadline) || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    private static Optional<List<String>> fields(long pid) {
        return read(pid, "stat")
                // the command's name stands in parentheses and may itself contain any of them
                .map(stat -> List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ")))
                .filter(fields -> !hasEnded(fields));
    }

    /** Other threads may outlive the first one for a while, and they hold the ports and files. */
    private static boolean hasEnded(List<String> fields) {
        return switch (fields.get(STATE)) {
            case "X" -> true;
            case "Z" -> Integer.parseInt(fields.get(THREADS)) <= 1;
            default -> false;
        };
    }

    private static Optional<String> read(long pid, String file) {
        try {
            byte[] content = Files.readAllBytes(Path.of("/proc", Long.toString(pid), file));
            return Optional.of(new String(content, StandardCharsets.UTF_8));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
