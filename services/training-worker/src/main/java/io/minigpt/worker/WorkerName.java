package io.minigpt.worker;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;

/** The name by which people and events know this worker. */
@ApplicationScoped
public class WorkerName {

    private final String name;

    public WorkerName(WorkerConfig config) {
        this.name = config.name()
                .orElseGet(() -> ManagementFactory.getRuntimeMXBean().getName());
    }

    /** The configured name, else process id and host. */
    public String value() {
        return name;
    }
}
