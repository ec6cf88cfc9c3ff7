package io.minigpt.local.system;

import java.util.Locale;
import java.util.Optional;

/** The services, in the order in which they start. */
public enum Service {
    CORPUS(8081, Work.TEXT),
    QA_GENERATION(8082, Work.LIGHT),
    AUGMENTATION(8083, Work.LIGHT),
    TOKENIZATION(8084, Work.TEXT),
    TRAINING_ORCHESTRATOR(8085, Work.LIGHT),
    TRAINING_WORKER(8086, Work.HEAVY),
    MODEL_REGISTRY(8087, Work.LIGHT),
    INFERENCE(8088, Work.HEAVY),
    /** Last, because it is the entrance to all the others. */
    CONSOLE(8080, Work.LIGHT);

    /** What the JVM of a service spends its time on. */
    enum Work {
        /** Requests, events and rows: quick to start matters. */
        LIGHT,
        /** Text, up to gigabytes a job: as the light ones, and quick when warm. */
        TEXT,
        /** Numbers: quick when warm matters. */
        HEAVY
    }

    private final int port;
    private final Work work;

    Service(int port, Work work) {
        this.port = port;
        this.work = work;
    }

    /** Name of its folder, process and log, such as {@code qa-generation}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Port without offset. */
    public int port() {
        return port;
    }

    Work work() {
        return work;
    }

    /** Name of its database, if it has one. */
    Optional<String> database() {
        return this == CONSOLE ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
    }
}
