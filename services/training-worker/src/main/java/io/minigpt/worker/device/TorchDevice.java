package io.minigpt.worker.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.minigpt.gpt.configuration.Dtype;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.gpt.torch.MatrixRate;
import io.minigpt.gpt.torch.TorchRuntime;
import io.minigpt.worker.RunDevice.Description;
import io.minigpt.worker.WorkerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The device as libtorch sees it. libtorch is loaded by the first run, so that a worker without work stays small. */
@ApplicationScoped
class TorchDevice {

    private static final String AUTO = "auto";

    private final WorkerConfig config;
    private final Map<Description, Double> measuredPeaks = new ConcurrentHashMap<>();
    private volatile Description last;

    TorchDevice(WorkerConfig config) {
        this.config = config;
    }

    /** The device of the runs so far; empty before the first. */
    Optional<Description> last() {
        return Optional.ofNullable(last);
    }

    /** Name of the device for a run that asks for one. */
    String choose(String asked) {
        return asked.equals(AUTO) ? config.device() : asked;
    }

    /** The configuration with the device that this worker takes for {@code auto}. */
    TrainingConfiguration choose(TrainingConfiguration asked) {
        String device = choose(asked.device());
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
        last = new Description(
                device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu",
                dtype(dtype, device),
                "pytorch " + Engine.getEngine("PyTorch").getVersion());
        return last;
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
