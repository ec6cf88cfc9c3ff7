package io.minigpt.worker;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Short leases, so that a test sees a lost one soon. */
public final class ShortLeases implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("minigpt.jobs.lease", "1500ms", "minigpt.jobs.poll", "100ms", "minigpt.worker.threads", "1");
    }
}
