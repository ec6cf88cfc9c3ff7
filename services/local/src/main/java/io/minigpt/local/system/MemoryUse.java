package io.minigpt.local.system;

import io.minigpt.platform.servers.LinuxProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory a process and those that it started take up. */
final class MemoryUse {
    private static final String FIELD = "Pss:";
    private static final long KIB = 1024;

    private MemoryUse() {}

    /** Bytes in RAM; what several processes share is split among them, so that sums are right (proc(5), Pss). */
    static long bytes(LinuxProcess process) {
        Stream<Long> children = ProcessHandle.of(process.pid())
                .map(handle -> handle.descendants().map(ProcessHandle::pid))
                .orElse(Stream.empty());
        return Stream.concat(Stream.of(process.pid()), children)
                .mapToLong(MemoryUse::share)
                .sum();
    }

    private static long share(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith(FIELD))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .sum();
        } catch (IOException ended) {
            return 0;
        }
    }
}
