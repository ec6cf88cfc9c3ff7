package io.minigpt.gpt.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationListener;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.Generator;
import io.minigpt.gpt.Trainer;
import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.checkpoint.CorruptCheckpointException;
import io.minigpt.gpt.checkpoint.Safetensors;
import io.minigpt.gpt.configuration.InvalidConfigurationException;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.gpt.configuration.WeightType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceImportTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    private final ObjectNode config = JSON.createObjectNode()
            .put("model_type", "gpt2")
            .put("n_layer", 1)
            .put("n_head", 2)
            .put("n_embd", 4)
            .put("n_positions", 8)
            .put("vocab_size", 50_257)
            .put("activation_function", "gelu_new");
    /** Name to type and shape, in file order. */
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private Path source;
    private Path target;

    private record Tensor(String type, long... shape) {}

    @BeforeEach
    void describeGpt2() {
        source = directory.resolve("gpt2");
        target = directory.resolve("checkpoint");
        ModelConfiguration model = ModelConfiguration.of(
                Map.of("n_layer", 1, "n_head", 2, "n_embd", 4, "block_size", 8, "vocab_size", 50_257, "bias", true));
        for (Gpt2Weight weight : Gpt2Weight.of(model, 50_257)) {
            long[] shape = weight.shape().clone();
            if (weight.projection()) {
                shape = new long[] {shape[1], shape[0]};
            }
            tensors.put(weight.name(), new Tensor("F32", shape));
        }
    }

    @Test
    void readsTheOriginalFilesNamesMasksAndHalves() throws IOException {
        Map<String, Tensor> described = Map.copyOf(tensors);
        tensors.clear();
        described.forEach((name, tensor) -> tensors.put(
                name.replace("transformer.", ""),
                new Tensor(name.contains("mlp") ? "BF16" : name.contains("attn") ? "F16" : "F32", tensor.shape)));
        tensors.put("h.0.attn.bias", new Tensor("F32", 1, 1, 8, 8));
        tensors.put("h.0.attn.masked_bias", new Tensor("I64"));

        importModel();

        Checkpoint checkpoint = Checkpoint.readModel(target);
        assertThat(checkpoint.model().toMap())
                .containsEntry("bias", true)
                .containsEntry("activation", "gelu_tanh")
                .containsEntry("vocab_size", 50_257);
        assertThat(checkpoint.provenance()).containsEntry("imported", "gpt2");
        try (Safetensors weights = Safetensors.open(target.resolve("model.safetensors"))) {
            // number i of every tensor is i / 8, which all types hold exactly up to 255 / 8
            ByteBuffer attention =
                    weights.tensor("transformer.h.0.attn.c_attn.weight", 12, 4).data();
            assertThat(attention.getFloat(4 * (4 * 7 + 2))).isEqualTo((12 * 2 + 7) / 8f);
            assertThat(weights.tensor("transformer.h.0.mlp.c_fc.bias", 16)
                            .data()
                            .getFloat(4 * 9))
                    .isEqualTo(9 / 8f);
            assertThat(weights.names()).noneMatch(name -> name.contains(".attn.bias"));
        }
    }

    @Test
    void generatesAndGoesIntoTraining() throws IOException {
        importModel();

        TrainingConfiguration training = TrainingConfiguration.of(Map.of("device", "cpu", "dtype", "float32"));
        try (Trainer trainer = Trainer.fork(target, training, 0.1)) {
            assertThat(trainer.step()).isZero();
        }
        try (Generator generator = Generator.load(target, WeightType.F32, "cpu")) {
            Generation generation =
                    generator.generate(GenerationRequest.greedy(new int[] {1, 2}, 3), GenerationListener.NONE);
            assertThat(generation.tokens()).isNotEmpty();
        }
        assertThatThrownBy(() -> Trainer.resume(target)).hasMessageContaining("names no optimizer.safetensors");
    }

    @Test
    void takesATiedHeadAndRefusesAnother() throws IOException {
        tensors.put("lm_head.weight", new Tensor("F32", 50_257, 4));
        importModel();
        tensors.put("lm_head.weight", new Tensor("BF16", 50_257, 4));
        target = directory.resolve("other");

        assertThatThrownBy(this::importModel)
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("lm_head.weight is another matrix");
        assertThat(target).doesNotExist();
    }

    @Test
    void refusesWhatItsNetworkDoesNotHave() {
        config.put("n_inner", 12);
        assertRefused("n_inner 12, but the network here is built for null or 16");
        config.put("n_inner", 16).put("activation_function", "relu");
        assertRefused("activation_function relu");
        config.put("activation_function", "gelu").put("scale_attn_by_inverse_layer_idx", true);
        assertRefused("scale_attn_by_inverse_layer_idx true");
        config.put("scale_attn_by_inverse_layer_idx", false).put("layer_norm_epsilon", 1e-6);
        assertRefused("layer_norm_epsilon 1.0E-6");
        config.put("layer_norm_epsilon", 1e-5).put("model_type", "llama");
        assertRefused("model_type llama");
        config.put("model_type", "gpt2");
        tensors.put("transformer.h.0.crossattention.c_attn.weight", new Tensor("F32", 4, 8));
        assertRefused("a tensor transformer.h.0.crossattention.c_attn.weight, which GPT-2 does not have");
    }

    @Test
    void refusesAVocabularySmallerThanTheTokenizers() {
        config.put("vocab_size", 1000);

        assertThatThrownBy(this::importModel)
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("vocab_size");
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        importModel();
        Path weights = source.resolve("model.safetensors");
        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 5000));

        assertThatThrownBy(() -> HuggingFaceImport.read(source, directory.resolve("again")))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageContaining("cut off");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(this::importModel)
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining(reason);
        assertThat(target).doesNotExist();
    }

    private void importModel() throws IOException {
        Files.createDirectories(source);
        Files.write(source.resolve("config.json"), JSON.writeValueAsBytes(config));
        Files.write(source.resolve("model.safetensors"), safetensors());
        HuggingFaceImport.read(source, target);
    }

    private byte[] safetensors() throws IOException {
        ObjectNode header = JSON.createObjectNode();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            int begin = data.size();
            data.writeBytes(numbers(tensor));
            ObjectNode node = header.putObject(entry.getKey());
            node.put("dtype", tensor.type).set("shape", JSON.valueToTree(tensor.shape));
            node.set("data_offsets", JSON.valueToTree(new int[] {begin, data.size()}));
        }
        byte[] json = JSON.writeValueAsBytes(header);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        return file.putLong(json.length).put(json).put(data.toByteArray()).array();
    }

    private static byte[] numbers(Tensor tensor) {
        int count = 1;
        for (long dimension : tensor.shape) {
            count *= (int) dimension;
        }
        ByteBuffer numbers = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            float number = i / 8f;
            switch (tensor.type) {
                case "F32" -> numbers.putFloat(number);
                case "F16" -> numbers.putShort(Float.floatToFloat16(number));
                case "BF16" -> numbers.putShort((short) (Float.floatToIntBits(number) >>> 16));
                default -> numbers.putLong(i);
            }
        }
        return Arrays.copyOf(numbers.array(), numbers.position());
    }
}
