package io.minigpt.gpt.bench;

import ai.djl.engine.Engine;
import io.minigpt.gpt.torch.TorchRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the figures were measured on. */
final class Machine {
    private static final List<String> FLAGS =
            List.of("avx2", "avx512f", "avx512_bf16", "avx512_fp16", "avx512_vnni", "amx_bf16", "amx_int8");

    private Machine() {}

    static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Date, processor, memory, load and versions, one paragraph. */
    static String description() {
        TorchRuntime.start();
        String flags = value("/proc/cpuinfo", "flags");
        String known = FLAGS.stream()
                .filter(flag -> List.of(flags.split(" ")).contains(flag))
                .collect(Collectors.joining(", "));
        long memory = Long.parseLong(value("/proc/meminfo", "MemTotal").split(" ")[0]);
        return String.format(
                Locale.ROOT,
                "%s, %s, %d cores (%s), %.0f GiB, load %.1f at the start; Java %s, libtorch %s",
                LocalDate.now(ZoneOffset.UTC),
                value("/proc/cpuinfo", "model name"),
                cores(),
                known,
                memory / 1048576.0,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version(),
                Engine.getEngine("PyTorch").getVersion());
    }

    private static String value(String file, String key) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
