package io.minigpt.local.system;

import io.minigpt.platform.servers.LinuxProcess;
import io.minigpt.platform.servers.LinuxProcess.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ends processes: asked first, and killed when they take too long. */
final class Shutdown {
    // a service hands back its jobs first; after its first run, the JVM then writes its cache
    private static final Duration GRACE = Duration.ofSeconds(90);
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private final ProcessTable table;
    private final LocalSystem.Progress progress;

    Shutdown(ProcessTable table, LocalSystem.Progress progress) {
        this.table = table;
        this.progress = progress;
    }

    /** Ends the processes under these names, all at the same time. */
    void stop(List<String> names) {
        Map<String, LinuxProcess> running = new LinkedHashMap<>();
        names.forEach(name -> table.find(name).ifPresent(process -> running.put(name, process)));
        Instant start = Instant.now();
        running.values().forEach(process -> process.signal(Signal.TERM));
        running.forEach((name, process) -> await(name, process, start));
        names.forEach(table::remove);
    }

    /** Ends processes that no note names. */
    void stopUnnoted(List<LinuxProcess> processes) {
        Instant start = Instant.now();
        processes.forEach(process -> process.signal(Signal.TERM));
        processes.forEach(process -> await("process " + process.pid() + " of an earlier start", process, start));
    }

    private void await(String name, LinuxProcess process, Instant start) {
        Duration left = GRACE.minus(Duration.between(start, Instant.now()));
        if (process.awaitEnd(left)) {
            progress.line("stopped  " + name);
            return;
        }
        process.signal(Signal.KILL);
        process.awaitEnd(AFTER_KILL);
        progress.line("killed   " + name + ", which had not stopped within " + GRACE.toSeconds() + " s");
    }
}
