package io.minigpt.worker.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.Platform;
import com.sun.management.OperatingSystemMXBean;
import io.minigpt.gpt.configuration.Dtype;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.gpt.torch.MatrixRate;
import io.minigpt.gpt.torch.TorchRuntime;
import io.minigpt.worker.Offer;
import io.minigpt.worker.WorkerConfig;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The device as libtorch sees it. On a CPU libtorch is loaded by the first run, so that a worker without work stays
 * small.
 */
@ApplicationScoped
class TorchDevice {

    private static final String AUTO = "auto";
    private static final Path DRIVER = Path.of("/proc/driver/nvidia");

    private final WorkerConfig config;
    private final Map<Description, Double> measuredPeaks = new ConcurrentHashMap<>();
    private volatile Offer offer;

    /**
     * The device of a run.
     *
     * @param device such as cpu or cuda:0
     * @param dtype number format of matrix operands
     * @param engine engine and its version
     */
    record Description(String device, String dtype, String engine) {}

    TorchDevice(WorkerConfig config) {
        this.config = config;
    }

    /** What this worker has. libtorch is loaded for that only where there may be a GPU. */
    Offer offer() {
        if (offer == null) {
            boolean mayBeGpu = !config.device().equals("cpu") && Files.exists(DRIVER);
            Device device = mayBeGpu ? TorchRuntime.device(config.device()) : Device.cpu();
            offer = new Offer(
                    name(device),
                    dtype(Dtype.AUTO, device),
                    "pytorch " + Platform.detectPlatform("pytorch").getVersion(),
                    config.memory().map(MemorySize::asLongValue).orElseGet(() -> device.isGpu() ? 0 : hostMemory()));
        }
        return offer;
    }

    /** The memory of the machine or of its container. */
    private static long hostMemory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    /** Name of the device for a run that asks for one. */
    String choose(String asked) {
        return asked.equals(AUTO) ? config.device() : asked;
    }

    /**
     * The configuration with the device that this worker takes for {@code auto}, and for a GPU that it lacks.
     *
     * @param cpuAllowed whether the CPU may stand in for a GPU
     */
    TrainingConfiguration choose(TrainingConfiguration asked, boolean cpuAllowed) {
        boolean standIn = cpuAllowed && asked.device().startsWith("cuda") && !offer().gpu();
        String device = standIn ? "cpu" : choose(asked.device());
        return device.equals(asked.device()) ? asked : asked.with(Map.of("device", device));
    }

    /**
     * Loads libtorch unless that is done.
     *
     * @throws IllegalArgumentException if there is no such device
     */
    Description prepare(String name, Dtype dtype) {
        if (config.threads() > 0) {
            TorchRuntime.threads(config.threads());
        }
        Device device = TorchRuntime.device(name);
        return new Description(
                name(device),
                dtype(dtype, device),
                "pytorch " + Engine.getEngine("PyTorch").getVersion());
    }

    private static String name(Device device) {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
    }

    /** Operations a second that the device can do in the number format: what is configured, else what is measured. */
    double peakFlops(Description prepared) {
        return config.peakFlops()
                .orElseGet(() -> measuredPeaks.computeIfAbsent(
                        prepared,
                        device -> MatrixRate.measure(
                                TorchRuntime.device(device.device()),
                                device.dtype().equals(name(Dtype.BFLOAT16)))));
    }

    private static String dtype(Dtype dtype, Device device) {
        Dtype used =
                switch (dtype) {
                    case AUTO -> TorchRuntime.hasBf16(device) ? Dtype.BFLOAT16 : Dtype.FLOAT32;
                    case BFLOAT16, FLOAT32 -> dtype;
                };
        return name(used);
    }

    private static String name(Dtype dtype) {
        return dtype.name().toLowerCase(Locale.ROOT);
    }
}
