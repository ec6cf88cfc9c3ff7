package io.minigpt.qageneration;

import io.minigpt.platform.servers.LoopbackPort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Configures the teacher "scripted" at a free port, where the test then puts a {@link ScriptedEndpoint}. */
public final class EndpointPort implements QuarkusTestResourceLifecycleManager {

    static final String PORT = "test.endpoint.port";

    @Override
    public Map<String, String> start() {
        try {
            int port = LoopbackPort.free();
            String teacher = "minigpt.teaching.teachers.scripted.";
            return Map.ofEntries(
                    Map.entry(PORT, Integer.toString(port)),
                    Map.entry(teacher + "kind", "openai"),
                    Map.entry(teacher + "base-url", "http://127.0.0.1:" + port + "/v1"),
                    Map.entry(teacher + "model", "scripted"),
                    Map.entry(teacher + "api-key", "secret-key"),
                    Map.entry(teacher + "timeout", "20s"),
                    Map.entry(teacher + "max-calls", "2"),
                    Map.entry(teacher + "breaker-pause", "200ms"),
                    Map.entry(teacher + "price-in", "10"),
                    Map.entry(teacher + "price-out", "20"),
                    Map.entry(teacher + "rate-per-minute", "60000"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // the port is only a number
    }
}
