package io.minigpt.inference;

import io.minigpt.platform.Ids;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys with which callers may ask, as the settings name them. They are compared by their hashes, so that the time of
 * a comparison tells nothing about them, and are never written anywhere.
 */
@ApplicationScoped
public class ApiKeys {

    private static final int SHORTEST = 16;

    private final Map<String, Account> byHash = new LinkedHashMap<>();

    public ApiKeys(InferenceConfig config) {
        config.keys().forEach((name, key) -> {
            if (byHash.put(hash(secret(name, key)), Account.of(name, key, System::nanoTime)) != null) {
                throw wrong(name, "is the same as another");
            }
        });
    }

    /** A wrong key stops the start. */
    void check(@Observes StartupEvent event) {
        // the constructor has done it
    }

    /** Whether callers need one. */
    public boolean required() {
        return !byHash.isEmpty();
    }

    /** Whose key that is. */
    public Optional<Account> account(String secret) {
        return Optional.ofNullable(byHash.get(hash(secret)));
    }

    private static String secret(String name, InferenceConfig.Key key) {
        if (key.secret().isPresent() == key.secretFile().isPresent()) {
            throw wrong(name, "needs either secret or secret-file");
        }
        String secret = key.secret().orElseGet(() -> read(name, key.secretFile().orElseThrow()));
        if (secret.length() < SHORTEST) {
            throw wrong(name, "has fewer than " + SHORTEST + " characters");
        }
        return secret;
    }

    private static String read(String name, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw wrong(name, "cannot be read from " + file + " (" + e + ")");
        }
    }

    private static IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException("minigpt.inference.keys." + name + " " + what);
    }

    private static String hash(String secret) {
        return HexFormat.of().formatHex(Ids.sha256().digest(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
