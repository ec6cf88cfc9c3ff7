package io.minigpt.gpt.configuration;

import static io.minigpt.gpt.configuration.Settings.require;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The shape of a model, with nanoGPT's names.
 *
 * @param architecture the network
 * @param layers n_layer, 1 to 256
 * @param heads n_head, 1 to 256
 * @param channels n_embd, a multiple of n_head; with the modern architecture of twice n_head
 * @param blockSize block_size, the most tokens that a prediction can see
 * @param vocabularySize vocab_size, at least the tokenizer's 50,257
 * @param bias whether linear layers and LayerNorms have biases; false with the modern architecture
 * @param dropout the share of activations dropped in training, 0 to less than 1
 * @param activation the non-linearity of the feed-forward layers: a GELU, or with the modern architecture relu_squared
 */
public record ModelConfiguration(
        Architecture architecture,
        int layers,
        int heads,
        int channels,
        int blockSize,
        int vocabularySize,
        boolean bias,
        double dropout,
        Activation activation) {
    /** The tokenizer's 50,257 ids, rounded up to a multiple of 64. */
    public static final int PADDED_VOCABULARY = 50_304;

    private static final int TOKENIZER_VOCABULARY = 50_257;

    public ModelConfiguration {
        require(layers >= 1 && layers <= 256, "n_layer", layers, "1 to 256");
        require(heads >= 1 && heads <= 256, "n_head", heads, "1 to 256");
        require(channels >= 1 && channels <= 65_536, "n_embd", channels, "1 to 65536");
        require(channels % heads == 0, "n_embd", channels, "a multiple of n_head, " + heads);
        require(blockSize >= 1 && blockSize <= 65_536, "block_size", blockSize, "1 to 65536");
        require(
                vocabularySize >= TOKENIZER_VOCABULARY && vocabularySize <= 1_000_000,
                "vocab_size",
                vocabularySize,
                "at least the tokenizer's " + TOKENIZER_VOCABULARY);
        require(dropout >= 0 && dropout < 1, "dropout", dropout, "0 to less than 1");
        switch (architecture) {
            case GPT2 ->
                require(
                        activation != Activation.RELU_SQUARED,
                        "activation",
                        Settings.name(activation),
                        "gelu or gelu_tanh with architecture gpt2");
            case MODERN -> {
                require(
                        activation == Activation.RELU_SQUARED,
                        "activation",
                        Settings.name(activation),
                        "relu_squared with architecture modern");
                require(!bias, "bias", true, "false with architecture modern");
                require(
                        channels % (2 * heads) == 0,
                        "n_embd",
                        channels,
                        "a multiple of twice n_head, " + 2 * heads + ", with architecture modern");
            }
        }
    }

    /**
     * Reads a YAML file; a key that {@code overrides} has counts there.
     *
     * @throws InvalidConfigurationException naming the key that is unknown or has a value that is not allowed
     */
    public static ModelConfiguration read(Path yaml, Map<String, ?> overrides) {
        return of(ConfigurationFormat.yaml(yaml, overrides));
    }

    /** The inverse of {@link #toJson}; keys may be missing and then have GPT-2's values. */
    public static ModelConfiguration fromJson(String json) {
        return of(ConfigurationFormat.json(json));
    }

    /** A configuration from nanoGPT's keys; those that are missing have GPT-2's values. */
    public static ModelConfiguration of(Map<String, ?> values) {
        Settings settings = new Settings(values);
        Architecture architecture = settings.choice("architecture", Architecture.GPT2);
        int layers = settings.integer("n_layer", 12);
        int heads = settings.integer("n_head", 12);
        int channels = settings.integer("n_embd", 768);
        int blockSize = settings.integer("block_size", 1024);
        int vocabularySize = settings.integer("vocab_size", PADDED_VOCABULARY);
        boolean bias = settings.bool("bias", false);
        double dropout = settings.real("dropout", 0);
        Activation activation = settings.choice(
                "activation", architecture == Architecture.MODERN ? Activation.RELU_SQUARED : Activation.GELU);
        settings.refuseUnknownKeys();
        return new ModelConfiguration(
                architecture, layers, heads, channels, blockSize, vocabularySize, bias, dropout, activation);
    }

    /** This configuration with some keys changed. */
    public ModelConfiguration with(Map<String, ?> overrides) {
        Map<String, Object> merged = new HashMap<>(toMap());
        merged.putAll(overrides);
        return of(merged);
    }

    /** The configuration by nanoGPT's keys. */
    public Map<String, Object> toMap() {
        return Map.of(
                "architecture", Settings.name(architecture),
                "n_layer", layers,
                "n_head", heads,
                "n_embd", channels,
                "block_size", blockSize,
                "vocab_size", vocabularySize,
                "bias", bias,
                "dropout", dropout,
                "activation", Settings.name(activation));
    }

    /** Canonical JSON: equal configurations have equal text. */
    public String toJson() {
        return ConfigurationFormat.canonicalJson(toMap());
    }

    /** The number of weights; a head that is the token embedding too counts once. */
    public long parameters() {
        return parametersWithoutPositions()
                + switch (architecture) {
                    case GPT2 -> (long) blockSize * channels;
                    case MODERN -> 0;
                };
    }

    /** The number of weights without position embeddings, as nanoGPT counts. */
    public long parametersWithoutPositions() {
        long c = channels;
        long matrices = 12 * c * c;
        return switch (architecture) {
            case GPT2 -> {
                long vectors = 2 * c + (bias ? 2 * c + 9 * c : 0);
                yield vocabularySize * c + layers * (matrices + vectors) + c + (bias ? c : 0);
            }
            case MODERN -> 2 * vocabularySize * c + layers * matrices;
        };
    }

    /**
     * Floating-point operations that training on one token takes, forward and backward: 6 for each weight that
     * multiplies it and 12 n_layer n_embd block_size for attention, as nanoGPT's estimate_mfu and the PaLM paper count.
     */
    public double trainingFlops() {
        long multiplied = parametersWithoutPositions()
                - switch (architecture) {
                    case GPT2 -> 0;
                    // an embedding that is no head is looked up only
                    case MODERN -> (long) vocabularySize * channels;
                };
        return 6.0 * multiplied + 12.0 * layers * channels * blockSize;
    }
}
