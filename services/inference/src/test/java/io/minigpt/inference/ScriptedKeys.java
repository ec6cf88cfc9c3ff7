package io.minigpt.inference;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Keys that a test can change while the service runs; at first those of the service's settings. */
@Alternative
@Priority(1)
@Singleton
public class ScriptedKeys extends ApiKeys {

    private final ApiKeys own;
    private volatile ApiKeys current;

    public ScriptedKeys(InferenceConfig config) {
        super(config);
        this.own = new ApiKeys(config);
        this.current = own;
    }

    /** Lets other settings count, such as {@code keys.ann.secret}. */
    public void use(Map<String, String> settings) {
        current = new ApiKeys(Settings.of(settings));
    }

    /** Lets the service's own settings count again. */
    public void reset() {
        current = own;
    }

    @Override
    public boolean required() {
        return current.required();
    }

    @Override
    public Optional<Account> account(String secret) {
        return current.account(secret);
    }
}
