package io.minigpt.gpt.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.configuration.Activation;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A model's {@code config.json}, with the keys of transformers' GPT2Config. */
final class HuggingFaceConfiguration {
    static final String FILE = "config.json";

    private static final double LAYER_NORM_EPSILON = 1e-5;
    private static final ObjectMapper JSON = new JsonMapper();

    private HuggingFaceConfiguration() {}

    static Map<String, Object> of(Checkpoint checkpoint, String name) {
        ModelConfiguration model = checkpoint.model();
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("_name_or_path", name);
        config.put("architectures", List.of("GPT2LMHeadModel"));
        config.put("model_type", "gpt2");
        config.put(
                "activation_function",
                switch (model.activation()) {
                    case GELU -> "gelu";
                    case GELU_TANH -> "gelu_new";
                    case RELU_SQUARED -> throw new IllegalArgumentException("GPT-2 has no squared ReLU");
                });
        config.put("n_layer", model.layers());
        config.put("n_head", model.heads());
        config.put("n_embd", model.channels());
        config.put("n_inner", null);
        config.put("n_positions", model.blockSize());
        config.put("n_ctx", model.blockSize());
        config.put("vocab_size", Tokenizer.SIZE);
        config.put("bos_token_id", Tokenizer.END_OF_TEXT);
        config.put("eos_token_id", Tokenizer.END_OF_TEXT);
        config.put("attn_pdrop", model.dropout());
        config.put("embd_pdrop", model.dropout());
        config.put("resid_pdrop", model.dropout());
        config.put("initializer_range", 0.02);
        config.put("layer_norm_epsilon", LAYER_NORM_EPSILON);
        config.put("scale_attn_weights", true);
        config.put("scale_attn_by_inverse_layer_idx", false);
        config.put("tie_word_embeddings", true);
        config.put("torch_dtype", "float32");
        config.put(
                "minigpt",
                Map.of(
                        "engine", checkpoint.engine(),
                        "step", checkpoint.step(),
                        "provenance", new TreeMap<>(checkpoint.provenance())));
        return config;
    }

    /**
     * The shape of the model that a directory's {@code config.json} describes.
     *
     * @param bias whether the model has biases, which the file does not say
     * @throws UnsupportedModelException if it is no GPT-2, or one with parts that the network here does not have
     */
    static ModelConfiguration read(Path directory, boolean bias) throws IOException {
        Path file = directory.resolve(FILE);
        JsonNode config = parse(file);
        require(file, config, "model_type", "gpt2", "gpt2");
        require(
                file,
                config,
                "n_inner",
                "null",
                "null",
                String.valueOf(4 * config.path("n_embd").asInt(768)));
        require(file, config, "scale_attn_weights", "true", "true");
        require(file, config, "scale_attn_by_inverse_layer_idx", "false", "false");
        require(file, config, "add_cross_attention", "false", "false");
        require(file, config, "tie_word_embeddings", "true", "true");
        if (config.path("layer_norm_epsilon").asDouble(LAYER_NORM_EPSILON) != LAYER_NORM_EPSILON) {
            throw refusal(
                    file, "layer_norm_epsilon", config.get("layer_norm_epsilon").asText(), "1e-5");
        }
        return ModelConfiguration.of(Map.of(
                "n_layer", config.path("n_layer").asInt(12),
                "n_head", config.path("n_head").asInt(12),
                "n_embd", config.path("n_embd").asInt(768),
                "block_size", config.path("n_positions").asInt(1024),
                "vocab_size", config.path("vocab_size").asInt(Tokenizer.SIZE),
                "bias", bias,
                "dropout", config.path("resid_pdrop").asDouble(0.1),
                "activation", activation(file, config).name().toLowerCase(Locale.ROOT)));
    }

    private static JsonNode parse(Path file) throws IOException {
        try {
            JsonNode config = JSON.readTree(Files.readAllBytes(file));
            if (!config.isObject()) {
                throw new UnsupportedModelException(file + " is no JSON object");
            }
            return config;
        } catch (NoSuchFileException e) {
            throw new UnsupportedModelException(file + " is missing: that is no Hugging Face model");
        } catch (JsonProcessingException e) {
            throw new UnsupportedModelException(file + " is no JSON: " + e.getOriginalMessage());
        }
    }

    private static Activation activation(Path file, JsonNode config) {
        String name = config.path("activation_function").asText("gelu_new");
        return switch (name) {
            case "gelu" -> Activation.GELU;
            case "gelu_new", "gelu_pytorch_tanh" -> Activation.GELU_TANH;
            default -> throw refusal(file, "activation_function", name, "gelu, gelu_new or gelu_pytorch_tanh");
        };
    }

    private static void require(Path file, JsonNode config, String key, String standard, String... allowed) {
        String value = config.hasNonNull(key) ? config.get(key).asText() : standard;
        if (!List.of(allowed).contains(value)) {
            throw refusal(file, key, value, String.join(" or ", allowed));
        }
    }

    private static UnsupportedModelException refusal(Path file, String key, String value, String allowed) {
        return new UnsupportedModelException(
                file + " has " + key + " " + value + ", but the network here is built for " + allowed);
    }
}
