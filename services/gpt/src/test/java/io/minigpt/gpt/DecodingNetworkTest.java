package io.minigpt.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.minigpt.gpt.DecodingNetwork.Feed;
import io.minigpt.gpt.checkpoint.Safetensors;
import io.minigpt.gpt.checkpoint.SafetensorsFile;
import io.minigpt.gpt.configuration.Dtype;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.WeightType;
import io.minigpt.gpt.data.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecodingNetworkTest {
    private static final int VOCABULARY = ModelConfiguration.PADDED_VOCABULARY;
    private static final Map<String, ?> GPT2 = Map.of("bias", true, "activation", "gelu_tanh");
    private static final Map<String, ?> MODERN = Map.of("architecture", "modern", "bias", false);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "gpt2, F32, 1e-5",
        "gpt2, F16, 2e-2",
        "gpt2, BF16, 2e-2",
        "gpt2, INT8, 5e-2",
        "modern, F32, 1e-5",
        "modern, F16, 2e-2",
        "modern, BF16, 2e-2",
        "modern, INT8, 5e-2"
    })
    void cachedDecodingIsTheFullForwardPassForRaggedSequences(String architecture, WeightType type, double error)
            throws IOException {
        // Given three sequences of 4, 9 and 1 tokens, the second read in two parts, that go on to 12, 17 and 9
        Batch batch = TinyModel.randomBatch(3, 20, 11);
        ModelConfiguration model = TinyModel.model(architecture.equals("modern") ? MODERN : GPT2);
        float[] full;
        try (Network network = stirred(model)) {
            full = network.logits(batch);
            try (Safetensors file = SafetensorsFile.write(directory.resolve("weights"), network.toFile());
                    DecodingNetwork decoding = DecodingNetwork.load(model, type, Device.cpu(), file)) {
                List<NDArray> caches = List.of(decoding.cache(20), decoding.cache(17), decoding.cache(9));
                decoding.step(List.of(new Feed(tokens(batch, 1, 0, 5), 0, caches.get(1))), true);
                int[] lengths = {4, 9, 1};

                for (int i = 0; i <= 8; i++) {
                    // When
                    boolean reading = i == 0;
                    List<Feed> feeds = new ArrayList<>();
                    for (int row = 0; row < 3; row++) {
                        int from = !reading ? lengths[row] - 1 : row == 1 ? 5 : 0;
                        feeds.add(new Feed(tokens(batch, row, from, lengths[row]), from, caches.get(row)));
                    }
                    float[] logits = decoding.step(feeds, reading);

                    // Then
                    for (int row = 0; row < 3; row++) {
                        assertThat(relativeError(row(logits, row), row(full, row * 20 + lengths[row]++ - 1)))
                                .isLessThan(error);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WeightType.class,
            names = {"F32", "F16", "BF16", "INT8"})
    void logitsDoNotDependOnNeighbours(WeightType type) throws IOException {
        // Given one sequence alone, and among others, at another place and with larger activations beside it
        Batch batch = TinyModel.randomBatch(8, 12, 5);
        ModelConfiguration model = TinyModel.model(GPT2);
        try (Network network = stirred(model);
                Safetensors file = SafetensorsFile.write(directory.resolve("weights"), network.toFile());
                DecodingNetwork decoding = DecodingNetwork.load(model, type, Device.cpu(), file)) {
            List<Feed> others = new ArrayList<>();
            for (int row = 0; row < 8; row++) {
                others.add(new Feed(tokens(batch, row, 0, row + 1), 0, decoding.cache(row + 1)));
            }
            Feed third = new Feed(tokens(batch, 3, 0, 4), 0, decoding.cache(4));

            float[] alone = decoding.step(List.of(third), false);
            float[] together = decoding.step(others, false);

            assertThat(relativeError(row(together, 3), alone)).isLessThan(1e-5);
            if (type == WeightType.F16 || type == WeightType.INT8) {
                assertThat(row(together, 3)).isEqualTo(alone);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"gpt2, F32, 1e-4", "gpt2, F16, 1e-2", "gpt2, INT8, 5e-2", "modern, F32, 1e-4", "modern, INT8, 5e-2"})
    void lossesAreThoseOfTheTrainedNetwork(String architecture, WeightType type, double error) throws IOException {
        Batch batch = TinyModel.randomBatch(2, 20, 9);
        Arrays.fill(batch.targets(), Batch.IGNORED);
        ModelConfiguration model = TinyModel.model(architecture.equals("modern") ? MODERN : GPT2);
        // Given texts of 13 and 20 tokens, of which the last 3 and 19 count
        for (int i = 9; i < 12; i++) {
            batch.targets()[i] = batch.inputs()[i + 1];
        }
        for (int i = 20; i < 39; i++) {
            batch.targets()[i] = batch.inputs()[i + 1];
        }
        try (Network network = stirred(model);
                Safetensors file = SafetensorsFile.write(directory.resolve("weights"), network.toFile());
                DecodingNetwork decoding = DecodingNetwork.load(model, type, Device.cpu(), file)) {
            float[] expected = network.losses(batch);

            float[] losses =
                    decoding.losses(List.of(tokens(batch, 0, 0, 13), tokens(batch, 1, 0, 20)), new int[] {3, 19});

            assertThat(losses).hasSize(22);
            for (int i = 0; i < losses.length; i++) {
                assertThat((double) losses[i]).isCloseTo(expected[i < 3 ? 9 + i : 20 + i - 3], within(20 * error));
            }
        }
    }

    @Test
    void aTypeThatTheDeviceHasNotIsRefused() {
        assertThatThrownBy(() -> DecodingNetwork.load(TinyModel.model(Map.of()), WeightType.INT8, Device.gpu(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weights is int8")
                .hasMessageContaining("auto, f32, f16 or bf16");
    }

    @Test
    void aClosedOneRefuses() throws IOException {
        ModelConfiguration model = TinyModel.model(GPT2);
        try (Network network = stirred(model);
                Safetensors file = SafetensorsFile.write(directory.resolve("weights"), network.toFile())) {
            DecodingNetwork decoding = DecodingNetwork.load(model, WeightType.F16, Device.cpu(), file);
            decoding.close();

            assertThatThrownBy(() -> decoding.cache(3))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    /** Fresh biases, norms and the modern architecture's projections are 0 or 1: changed, so that a mistake shows. */
    private static Network stirred(ModelConfiguration model) {
        Network network = Network.fresh(model, Dtype.FLOAT32, Device.cpu(), 6);
        try (NDManager manager = network.manager().newSubManager()) {
            for (NDArray weight : network.weights()) {
                NDArray noise = manager.randomNormal(0, 0.1f, weight.getShape(), weight.getDataType());
                network.copy(weight, -1, noise.add(weight));
            }
        }
        return network;
    }

    private static int[] tokens(Batch batch, int row, int from, int to) {
        return Arrays.stream(batch.inputs(), row * batch.columns() + from, row * batch.columns() + to)
                .mapToInt(id -> (int) id)
                .toArray();
    }

    private static float[] row(float[] logits, int row) {
        return Arrays.copyOfRange(logits, row * VOCABULARY, (row + 1) * VOCABULARY);
    }

    /** The root of the summed squares of the differences, relative to that of the expected values. */
    private static double relativeError(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double difference = 0;
        double size = 0;
        for (int i = 0; i < actual.length; i++) {
            difference += Math.pow((double) actual[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / size);
    }
}
