package io.minigpt.worker.http;

import com.sun.management.OperatingSystemMXBean;
import io.minigpt.worker.CurrentRun;
import io.minigpt.worker.Offer;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * A worker as JSON.
 *
 * @param device such as cpu or cuda:0
 * @param dtype number format of matrix operands
 * @param engine engine and its version
 * @param runMemoryBytes memory that runs can have; 0 when that is not known
 * @param cores processor cores
 * @param memoryBytes memory of the machine or of its container
 * @param freeMemoryBytes of that, unused
 * @param run the run in progress; null if none
 */
record WorkerView(
        String device,
        String dtype,
        String engine,
        long runMemoryBytes,
        int cores,
        long memoryBytes,
        long freeMemoryBytes,
        CurrentRun.Activity run) {

    static WorkerView of(Offer offer, Optional<CurrentRun.Activity> run) {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new WorkerView(
                offer.device(),
                offer.dtype(),
                offer.engine(),
                offer.memoryBytes(),
                Runtime.getRuntime().availableProcessors(),
                machine.getTotalMemorySize(),
                machine.getFreeMemorySize(),
                run.orElse(null));
    }
}
