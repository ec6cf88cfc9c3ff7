package io.minigpt.inference;

import io.minigpt.platform.testkit.EventProbe;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** What the registry has told before the service starts, and limits that a test can reach. */
public class RegistryFactsBefore implements QuarkusTestResourceLifecycleManager {

    /** A model whose alias moved twice while the service was down. */
    static final String MODEL = "earlier";

    /** Requests that may wait for a model. */
    public static final int QUEUE = 2;

    private final ScriptedRecords records = new ScriptedRecords();

    @Override
    public int order() {
        // after the servers
        return 1;
    }

    @Override
    public Map<String, String> start() {
        try (EventProbe registry = new EventProbe(System.getProperty("minigpt.test.bootstrap"))) {
            Registry facts = new Registry(registry);
            facts.register(MODEL, 1, Stage.SFT, "first");
            facts.setAlias(MODEL, "champion", 1, 1, Stage.SFT, "first");
            facts.setAlias(MODEL, "champion", 2, 2, Stage.SFT, "second");
        }
        return Map.of(
                "minigpt.inference.queue",
                Integer.toString(QUEUE),
                "minigpt.inference.extra-models",
                "2",
                "minigpt.inference.traces.records",
                records.address().toString(),
                "minigpt.inference.max-prompt-characters",
                "1000");
    }

    @Override
    public void stop() {
        // facts stay
        records.close();
    }
}
