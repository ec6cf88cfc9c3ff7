package io.minigpt.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the registry. */
@ConfigMapping(prefix = "minigpt.registry")
public interface RegistryConfig {

    /** When an evaluated version gets the alias that its evaluation asked for, unless that has a policy of its own. */
    Promotion promotion();

    interface Promotion {
        /** always, not-worse (than the version that has the alias) or never. */
        @WithDefault("always")
        Policy policy();

        /** How much worse the figure may be under not-worse, in the figure's own unit. */
        @WithDefault("0")
        double tolerance();

        /** Figure that decides on a fine-tuned version under not-worse. */
        @WithDefault("rougeL.unseen")
        String sftMetric();

        /** Figure that decides on a pretrained version under not-worse. */
        @WithDefault("bitsPerByte.validation")
        String pretrainMetric();
    }

    /** A policy by its name. */
    enum Policy {
        ALWAYS,
        NOT_WORSE,
        NEVER
    }
}
