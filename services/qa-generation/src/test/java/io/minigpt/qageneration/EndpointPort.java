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
            String teacher = "minigpt.generation.teachers.scripted.";
            return Map.of(
                    PORT,
                    Integer.toString(port),
                    teacher + "kind",
                    "openai",
                    teacher + "base-url",
                    "http://127.0.0.1:" + port + "/v1",
                    teacher + "model",
                    "scripted",
                    teacher + "api-key",
                    "secret-key",
                    teacher + "max-calls",
                    "2");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // the port is only a number
    }
}
