package io.minigpt.registry;

import io.minigpt.platform.testkit.ServiceArchitecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void insideKnowsNothingOfOutside() {
        ServiceArchitecture.check("io.minigpt.registry");
    }
}
