package io.minigpt.worker.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process holds in the machine's memory, libtorch's share included (proc(5), status). */
final class ProcessMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int KILOBYTE = 1024;

    private ProcessMemory() {}

    static long residentBytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read how much memory this process holds", e);
        }
    }
}
