package io.minigpt.inference.http;

import io.minigpt.inference.ScriptedModels;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** The engine itself instead of models that follow a script, with the service's own limits. */
public final class RealModels implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.arc.exclude-types", ScriptedModels.class.getName(), "minigpt.inference.device", "cpu");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(TestServers.class));
    }

    /** What the other tests name sets limits that they can reach. */
    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
