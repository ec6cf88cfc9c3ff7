package io.minigpt.gpt.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The memory that this process can still get. Linux promises more than there is and ends a process that makes use of
 * it, so what needs much is compared with what is free beforehand.
 */
public final class HostMemory {
    private static final Path SYSTEM = Path.of("/proc/meminfo");
    private static final Path GROUP_LIMIT = Path.of("/sys/fs/cgroup/memory.max");
    private static final Path GROUP_USE = Path.of("/sys/fs/cgroup/memory.current");
    private static final double GIGABYTE = 1e9;

    private HostMemory() {}

    /**
     * Goes on only if there is enough memory.
     *
     * @param bytes an estimate, rather too low than too high
     * @param what needs them, for the message
     * @throws DeviceMemoryException if there is not
     */
    public static void require(double bytes, String what) {
        long available = available();
        if (bytes > available) {
            throw new DeviceMemoryException(String.format(
                    Locale.ROOT,
                    "%s needs about %.1f GB, and %.1f GB are free",
                    what,
                    bytes / GIGABYTE,
                    available / GIGABYTE));
        }
    }

    /** Bytes that are free, or can be made free, for this process, in the system and in its control group. */
    static long available() {
        try {
            long system = Files.readAllLines(SYSTEM).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
            return Math.min(system, group());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read how much memory is free", e);
        }
    }

    private static long group() throws IOException {
        if (!Files.exists(GROUP_LIMIT)) {
            return Long.MAX_VALUE;
        }
        String limit = Files.readString(GROUP_LIMIT).strip();
        return limit.equals("max")
                ? Long.MAX_VALUE
                : Long.parseLong(limit)
                        - Long.parseLong(Files.readString(GROUP_USE).strip());
    }
}
