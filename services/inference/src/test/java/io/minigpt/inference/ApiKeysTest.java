package io.minigpt.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {

    private static final String SECRET = "sk-ann-0123456789";

    @TempDir
    Path folder;

    @Test
    void keysComeFromSettingsAndFiles() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "sk-bob-0123456789\n");

        ApiKeys keys = keys(Map.of("keys.ann.secret", SECRET, "keys.bob.secret-file", file.toString()));

        assertThat(keys.required()).isTrue();
        assertThat(keys.account(SECRET).orElseThrow().name()).isEqualTo("ann");
        assertThat(keys.account("sk-bob-0123456789").orElseThrow().name()).isEqualTo("bob");
        assertThat(keys.account("sk-bob-012345678")).isEmpty();
    }

    @Test
    void theEnvironmentNamesThemAsTheDocumentationSays() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), SECRET);

        InferenceConfig config = Settings.ofEnvironment(Map.of(
                "MINIGPT_INFERENCE_KEYS_ANN_SECRET_FILE", file.toString(),
                "MINIGPT_INFERENCE_KEYS_ANN_REQUESTS_PER_MINUTE", "60",
                "MINIGPT_INFERENCE_KEYS_ANN_TOKENS_PER_MINUTE", "20000",
                "MINIGPT_INFERENCE_KEYS_ANN_TEXTS", "8"));

        assertThat(new ApiKeys(config).account(SECRET).orElseThrow().name()).isEqualTo("ann");
        assertThat(config.keys().get("ann").requestsPerMinute()).hasValue(60);
        assertThat(config.keys().get("ann").tokensPerMinute()).hasValue(20_000);
        assertThat(config.keys().get("ann").texts()).hasValue(8);
    }

    @Test
    void withoutKeysNoneIsRequired() {
        assertThat(keys(Map.of()).required()).isFalse();
    }

    @Test
    void aWrongKeyIsNamedButNotTold() {
        String missing = folder.resolve("missing").toString();

        assertWrong(Map.of("keys.ann.secret", "short"), "keys.ann has fewer than 16 characters");
        assertWrong(Map.of("keys.ann.texts", "1"), "keys.ann needs either");
        assertWrong(Map.of("keys.ann.secret", SECRET, "keys.ann.secret-file", missing), "keys.ann needs either");
        assertWrong(Map.of("keys.ann.secret-file", missing), "keys.ann cannot be read from " + missing);
        assertWrong(Map.of("keys.ann.secret", SECRET, "keys.bob.secret", SECRET), "is the same as another");
    }

    private static void assertWrong(Map<String, String> settings, String message) {
        assertThatThrownBy(() -> keys(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining(SECRET)
                .hasMessageNotContaining("short");
    }

    private static ApiKeys keys(Map<String, String> settings) {
        return new ApiKeys(Settings.of(settings));
    }
}
