package io.minigpt.worker.http;

import com.sun.management.OperatingSystemMXBean;
import io.minigpt.worker.CurrentRun;
import io.minigpt.worker.RunDevice;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * A worker as JSON.
 *
 * @param device such as cpu or cuda:0; null until the engine is loaded
 * @param dtype number format of matrix operands; null until the engine is loaded
 * @param engine engine and its version; null until it is loaded
 * @param cores processor cores
 * @param memoryBytes memory of the machine or of its container
 * @param freeMemoryBytes of that, unused
 * @param run the run in progress; null if none
 */
record WorkerView(
        String device,
        String dtype,
        String engine,
        int cores,
        long memoryBytes,
        long freeMemoryBytes,
        CurrentRun.Activity run) {

    static WorkerView of(Optional<RunDevice.Description> device, Optional<CurrentRun.Activity> run) {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new WorkerView(
                device.map(RunDevice.Description::device).orElse(null),
                device.map(RunDevice.Description::dtype).orElse(null),
                device.map(RunDevice.Description::engine).orElse(null),
                Runtime.getRuntime().availableProcessors(),
                machine.getTotalMemorySize(),
                machine.getFreeMemorySize(),
                run.orElse(null));
    }
}
