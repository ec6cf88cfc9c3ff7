package io.minigpt.gpt.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigurationTest {
    @Test
    void defaultsAreThoseOfGpt2() {
        ModelConfiguration model = ModelConfiguration.of(Map.of());

        assertThat(model)
                .isEqualTo(new ModelConfiguration(
                        Architecture.GPT2, 12, 12, 768, 1024, 50_304, false, 0, Activation.GELU));
        // nanoGPT's count, which leaves the position embeddings out, and these
        assertThat(model.parameters()).isEqualTo(123_587_328L + 1024 * 768);
    }

    @Test
    void theModernArchitectureHasItsOwnDefaultsAndCount() {
        ModelConfiguration model = ModelConfiguration.of(Map.of("architecture", "modern"));

        assertThat(model.activation()).isEqualTo(Activation.RELU_SQUARED);
        // embedding, head and 12 matrices of C x C a layer
        assertThat(model.parameters()).isEqualTo(2L * 50_304 * 768 + 12L * 12 * 768 * 768);
        assertThat(ModelConfiguration.fromJson(model.toJson())).isEqualTo(model);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt2, activation, relu_squared, 'activation is relu_squared, but must be gelu or gelu_tanh'",
        "modern, activation, gelu, 'activation is gelu, but must be relu_squared'",
        "modern, bias, true, 'bias is true, but must be false'",
        "modern, n_embd, 36, 'n_embd is 36, but must be a multiple of twice n_head, 24'"
    })
    void whatDoesNotFitTheArchitectureIsRefused(String architecture, String key, String text, String message) {
        Object value =
                switch (key) {
                    case "bias" -> Boolean.valueOf(text);
                    case "n_embd" -> Integer.valueOf(text);
                    default -> text;
                };

        assertThatThrownBy(() -> ModelConfiguration.of(Map.of("architecture", architecture, key, value)))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining("with architecture " + architecture)
                .extracting("key")
                .isEqualTo(key);
    }

    @Test
    void trainingFlopsAreThoseOfNanoGpt() {
        // 6 N + 12 L C T
        assertThat(ModelConfiguration.of(Map.of("block_size", 256)).trainingFlops())
                .isEqualTo(6.0 * 123_587_328 + 12.0 * 12 * 768 * 256);
        // the embedding multiplies nothing
        assertThat(ModelConfiguration.of(Map.of("block_size", 256, "architecture", "modern"))
                        .trainingFlops())
                .isEqualTo(6.0 * (50_304 * 768 + 12 * 12 * 768 * 768) + 12.0 * 12 * 768 * 256);
    }

    @Test
    void readsYamlWithOverrides(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("model.yaml"), "# a comment\nn_layer: 6\nn_head: 8\nn_embd: 512\ndropout: 0.2\n");

        ModelConfiguration model = ModelConfiguration.read(file, Map.of("n_layer", 2, "activation", "gelu_tanh"));

        assertThat(model)
                .isEqualTo(new ModelConfiguration(
                        Architecture.GPT2, 2, 8, 512, 1024, 50_304, false, 0.2, Activation.GELU_TANH));
    }

    @Test
    void jsonGivesItBack() {
        ModelConfiguration model = ModelConfiguration.of(Map.of("n_layer", 3, "bias", true, "dropout", 0.05));

        assertThat(model.toJson())
                .isEqualTo(
                        "{\"activation\":\"gelu\",\"architecture\":\"gpt2\",\"bias\":true,\"block_size\":1024,\"dropout\":0.05,"
                                + "\"n_embd\":768,\"n_head\":12,\"n_layer\":3,\"vocab_size\":50304}");
        assertThat(ModelConfiguration.fromJson(model.toJson())).isEqualTo(model);
    }

    @ParameterizedTest
    @CsvSource({
        "n_embd, 100, a multiple of n_head",
        "block_size, 0, 1 to 65536",
        "n_layer, 0, 1 to 256",
        "n_head, -1, 1 to 256",
        "vocab_size, 50256, '50257'",
        "dropout, 1, 0 to less than 1",
        "activation, relu, 'one of gelu, gelu_tanh, relu_squared'",
        "architecture, llama, 'one of gpt2, modern'",
        "bias, maybe, true or false",
        "n_layer, 2.5, an integer",
        "layers, 2, 'n_layer'"
    })
    void aBadValueIsRefusedWithItsKeyAndWhatIsAllowed(String key, String text, String allowed) {
        Object value =
                text.matches("-?\\d+") ? Integer.valueOf(text) : text.matches("[\\d.]+") ? Double.valueOf(text) : text;

        assertThatThrownBy(() -> ModelConfiguration.of(Map.of(key, value)))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageStartingWith(key + " is ")
                .hasMessageContaining(allowed)
                .extracting("key")
                .isEqualTo(key);
    }

    @Test
    void aFileThatIsNoMappingIsRefused(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("model.yaml"), "- 1\n- 2\n");

        assertThatThrownBy(() -> ModelConfiguration.read(file, Map.of()))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("model.yaml is not a YAML mapping");
    }
}
