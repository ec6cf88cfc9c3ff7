package io.minigpt.gpt;

import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run needs of a device before it can begin there.
 *
 * @param gpu whether it was asked to run on a GPU
 * @param cpuAllowed whether a CPU will do all the same
 * @param memoryBytes memory that it takes at least; 0 when that is not known
 */
public record DeviceNeeds(boolean gpu, boolean cpuAllowed, long memoryBytes) {
    /** Any device will do. */
    public static final DeviceNeeds NONE = new DeviceNeeds(false, true, 0);

    private static final double GIGABYTE = 1e9;

    /**
     * What training needs.
     *
     * @param model empty for the shape of a base version that is not at hand; its memory is then not known
     */
    public static DeviceNeeds of(
            TrainingConfiguration training, Optional<ModelConfiguration> model, boolean cpuAllowed) {
        double bytes = model.map(shape -> new TrainingMemory(shape, false, true).state())
                .orElse(0.0);
        return new DeviceNeeds(training.device().startsWith("cuda"), cpuAllowed, (long) bytes);
    }

    /**
     * What a device lacks, for people; empty if the run fits.
     *
     * @param onGpu whether the device is a GPU
     * @param available its memory in bytes; 0 when that is not known
     */
    public Optional<String> lacking(boolean onGpu, long available) {
        if (gpu && !cpuAllowed && !onGpu) {
            return Optional.of("it asks for a GPU");
        }
        if (available > 0 && memoryBytes > available) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "it needs %.1f GB of memory, more than %.1f GB",
                    memoryBytes / GIGABYTE,
                    available / GIGABYTE));
        }
        return Optional.empty();
    }
}
