package io.minigpt.gpt;

import ai.djl.ndarray.BaseNDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a trainer holds. */
final class Footprint {
    private Footprint() {}

    static int liveArrays(Trainer trainer) {
        return ((BaseNDManager) trainer.network().manager()).getManagedArrays().size();
    }

    static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
