package io.minigpt.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.minigpt.gpt.configuration.Dtype;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.data.Batch;
import io.minigpt.gpt.torch.TorchRuntime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    private static final int VOCABULARY = ModelConfiguration.PADDED_VOCABULARY;

    @ParameterizedTest
    @CsvSource({
        "gpt2, false, gelu, 24, FLOAT32, 1e-5",
        "gpt2, true, gelu_tanh, 24, FLOAT32, 1e-5",
        "gpt2, true, gelu, 300, FLOAT32, 1e-5",
        "gpt2, false, gelu, 24, BFLOAT16, 2e-2",
        "gpt2, true, gelu, 300, BFLOAT16, 2e-2",
        "modern, false, relu_squared, 24, FLOAT32, 1e-5",
        "modern, false, relu_squared, 300, FLOAT32, 1e-5",
        "modern, false, relu_squared, 24, BFLOAT16, 2e-2"
    })
    void logitsAreThoseOfTheReference(
            String architecture, boolean bias, String activation, int blockSize, Dtype dtype, double error) {
        // Given a network whose attention is fused if its block is longer than 256 tokens
        ModelConfiguration model = TinyModel.model(
                Map.of("architecture", architecture, "bias", bias, "activation", activation, "block_size", blockSize));
        Batch batch = TinyModel.randomBatch(1, 20, 3);
        try (Network network = Network.fresh(model, dtype, Device.cpu(), 5)) {
            stir(network);
            double[][] expected = ReferenceNetwork.of(model, network.toFile()).logits(batch.inputs());

            // When
            float[] actual = network.logits(batch);

            // Then
            assertThat(relativeError(actual, expected)).isLessThan(error);
        }
    }

    @ParameterizedTest
    @CsvSource({"gpt2, 16", "gpt2, 256", "gpt2, 1024", "modern, 16", "modern, 256"})
    void freshWeightsKnowNothing(String architecture, int channels) {
        Batch batch = TinyModel.randomBatch(2, 24, 1);
        ModelConfiguration model = TinyModel.model(Map.of("architecture", architecture, "n_embd", channels));
        try (Network network = Network.fresh(model, Dtype.FLOAT32, Device.cpu(), 1)) {
            float[] losses = network.losses(batch);

            double sum = 0;
            for (float loss : losses) {
                sum += loss;
            }
            assertThat(sum / batch.counted()).isCloseTo(Math.log(VOCABULARY), within(0.1));
        }
    }

    @ParameterizedTest
    @CsvSource({"gpt2, true", "modern, false"})
    void gradientsAreThoseOfFiniteDifferences(String architecture, boolean bias) {
        // Given
        ModelConfiguration model = TinyModel.model(Map.of("architecture", architecture, "bias", bias, "n_embd", 8));
        Batch batch = TinyModel.randomBatch(1, 8, 7);
        try (Network network = Network.fresh(model, Dtype.FLOAT32, Device.cpu(), 2)) {
            stir(network);
            network.trainWeights();
            ReferenceNetwork reference = ReferenceNetwork.of(model, network.toFile());
            List<WeightKind> kinds = WeightKind.of(model);

            // When
            network.backward(batch, 0, 1.0 / batch.counted());

            // Then the derivative by the first, a middle and the last weight of each kind is the slope of the loss
            for (int kind = 0; kind < kinds.size(); kind++) {
                float[] gradient = network.gradients().get(kind).toFloatArray();
                double[] weight = reference.weight(kinds.get(kind).name(0));
                for (int at : new int[] {(int) batch.inputs()[1] * 8 % weight.length, weight.length / 2, 0}) {
                    double slope = slope(reference, weight, at, batch);
                    assertThat((double) gradient[at])
                            .as("%s[%d]", kinds.get(kind), at)
                            .isCloseTo(slope, within(2e-6 + 2e-3 * Math.abs(slope)));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"gpt2, 24", "gpt2, 300", "modern, 24", "modern, 300"})
    void packedTextsDoNotSeeEachOther(String architecture, int blockSize) {
        // Given texts of 4 and 6 tokens in one row, and each alone
        ModelConfiguration model = TinyModel.model(Map.of("architecture", architecture, "block_size", blockSize));
        Batch alone = TinyModel.randomBatch(2, 6, 17);
        Batch packed = new Batch(1, 10, new long[10], new long[10], new long[] {0, 1, 2, 3, 0, 1, 2, 3, 4, 5});
        System.arraycopy(alone.inputs(), 0, packed.inputs(), 0, 4);
        System.arraycopy(alone.inputs(), 6, packed.inputs(), 4, 6);
        try (Network network = Network.fresh(model, Dtype.FLOAT32, Device.cpu(), 8)) {
            stir(network);

            // When
            float[] logits = network.logits(packed);

            // Then
            float[] expected = network.logits(alone);
            assertThat(relativeError(part(logits, 0, 4), part(expected, 0, 4))).isLessThan(1e-5);
            assertThat(relativeError(part(logits, 4, 10), part(expected, 6, 12)))
                    .isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "modern"})
    void accumulatedGradientsAreThoseOfOneLargeBatch(String architecture) {
        Batch large = TinyModel.randomBatch(2, 24, 9);
        ModelConfiguration model = TinyModel.model(Map.of("architecture", architecture));
        try (Network whole = Network.fresh(model, Dtype.FLOAT32, Device.cpu(), 4);
                Network parts = Network.fresh(model, Dtype.FLOAT32, Device.cpu(), 4)) {
            TorchRuntime.seed(5);
            stir(whole);
            TorchRuntime.seed(5);
            stir(parts);
            whole.trainWeights();
            parts.trainWeights();

            whole.backward(large, 0, 1.0 / large.counted());
            parts.backward(row(large, 0), 0, 1.0 / large.counted());
            parts.backward(row(large, 1), 0, 1.0 / large.counted());

            for (int kind = 0; kind < whole.weights().size(); kind++) {
                float[] expected = whole.gradients().get(kind).toFloatArray();
                float[] actual = parts.gradients().get(kind).toFloatArray();
                assertThat(relativeError(actual, expected)).isLessThan(1e-5);
            }
        }
    }

    /** Fresh biases and LayerNorms are all 0 and 1: changes them, so that a mistake with them shows. */
    private static void stir(Network network) {
        try (NDManager manager = network.manager().newSubManager()) {
            for (int kind = 0; kind < network.weights().size(); kind++) {
                NDArray weight = network.weights().get(kind);
                NDArray noise = manager.randomNormal(0, 0.1f, weight.getShape(), weight.getDataType());
                network.copy(weight, -1, noise.add(weight));
            }
        }
    }

    private static double slope(ReferenceNetwork reference, double[] weight, int at, Batch batch) {
        double delta = 1e-5;
        double before = weight[at];
        weight[at] = before + delta;
        double above = reference.loss(batch.inputs(), batch.targets());
        weight[at] = before - delta;
        double below = reference.loss(batch.inputs(), batch.targets());
        weight[at] = before;
        return (above - below) / (2 * delta);
    }

    private static Batch row(Batch batch, int row) {
        int columns = batch.columns();
        return new Batch(
                1,
                columns,
                Arrays.copyOfRange(batch.inputs(), row * columns, (row + 1) * columns),
                Arrays.copyOfRange(batch.targets(), row * columns, (row + 1) * columns),
                new long[0]);
    }

    private static float[] part(float[] logits, int from, int to) {
        return Arrays.copyOfRange(logits, from * VOCABULARY, to * VOCABULARY);
    }

    private static double relativeError(float[] actual, float[] expected) {
        return relativeError(actual, new double[][] {doubles(expected)});
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** The root of the summed squares of the differences, relative to that of the expected values. */
    private static double relativeError(float[] actual, double[][] expected) {
        double difference = 0;
        double size = 0;
        int i = 0;
        for (double[] row : expected) {
            for (double value : row) {
                difference += (actual[i] - value) * (actual[i] - value);
                size += value * value;
                i++;
            }
        }
        assertThat(i).isEqualTo(actual.length);
        return Math.sqrt(difference / size);
    }
}
