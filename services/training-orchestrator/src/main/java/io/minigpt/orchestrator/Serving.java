package io.minigpt.orchestrator;

import java.util.Optional;

/** What is known of promotions and deployments; it may have arrived before the step that asks. */
public interface Serving {

    /** The registry's answer to an evaluation. @param reason the figures it compared, for people */
    record Promotion(boolean promoted, String reason) {}

    /** What inference said of a version. */
    sealed interface Deployment {

        /** It serves. @param version the version asked for, or a later one that took its alias before it was loaded */
        record Deployed(int version) implements Deployment {}

        /** It could not be loaded. @param reason why, for people */
        record Failed(String reason) implements Deployment {}
    }

    /** The registry's answer to an evaluation run, if it came. */
    Optional<Promotion> promotion(String evaluationRunId);

    /** Whether an alias has been said to name the version. */
    boolean named(String model, String alias, int version);

    /** The last report about serving this version under this alias. */
    Optional<Deployment> deployment(String model, String alias, int version);
}
