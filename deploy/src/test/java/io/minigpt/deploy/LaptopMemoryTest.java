package io.minigpt.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ResourceRequirements;
import org.junit.jupiter.api.Test;

/** The laptop's overlay is for a node with 4 GiB, of which the node itself takes a part. */
class LaptopMemoryTest {
    private static final long MIB = 1L << 20;
    private static final long NODE = 4096 * MIB;
    private static final long FOR_THE_NODE = 384 * MIB;

    @Test
    void allPodsFitOnOneSmallNode() {
        // When
        long requested = 0;
        long allowed = 0;
        for (Workload workload : Combination.LAPTOP.rendered().workloads()) {
            ResourceRequirements resources = workload.container().getResources();
            requested += workload.count() * Workload.bytes(resources.getRequests(), "memory");
            // the job has ended when the services begin their work
            if (!workload.runsToItsEnd()) {
                allowed += workload.count() * Workload.bytes(resources.getLimits(), "memory");
            }
        }

        // Then
        assertThat(requested / MIB).isLessThanOrEqualTo((NODE - FOR_THE_NODE) / MIB);
        assertThat(allowed / MIB).isLessThanOrEqualTo(NODE / MIB);
    }
}
