package io.minigpt.console;

import io.minigpt.platform.testkit.ServiceArchitecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void theInsideKnowsNothingOfTheOutside() {
        ServiceArchitecture.check("io.minigpt.console");
    }
}
