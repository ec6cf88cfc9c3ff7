package io.minigpt.gpt.configuration;

import static io.minigpt.gpt.configuration.Settings.require;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The shape of a model, with nanoGPT's names.
 *
 * @param layers n_layer, 1 to 256
 * @param heads n_head, 1 to 256
 * @param channels n_embd, a multiple of n_head
 * @param blockSize block_size, the most tokens that a prediction can see
 * @param vocabularySize vocab_size, at least the tokenizer's 50,257
 * @param bias whether linear layers and LayerNorms have biases
 * @param dropout the share of activations dropped in training, 0 to less than 1
 * @param activation the non-linearity of the feed-forward layers
 */
public record ModelConfiguration(
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
        int layers = settings.integer("n_layer", 12);
        int heads = settings.integer("n_head", 12);
        int channels = settings.integer("n_embd", 768);
        int blockSize = settings.integer("block_size", 1024);
        int vocabularySize = settings.integer("vocab_size", PADDED_VOCABULARY);
        boolean bias = settings.bool("bias", false);
        double dropout = settings.real("dropout", 0);
        Activation activation = settings.choice("activation", Activation.GELU);
        settings.refuseUnknownKeys();
        return new ModelConfiguration(layers, heads, channels, blockSize, vocabularySize, bias, dropout, activation);
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

    /** The number of weights, position embeddings included and the tied head counted once. */
    public long parameters() {
        long c = channels;
        long matrices = 12 * c * c;
        long vectors = 2 * c + (bias ? 2 * c + 9 * c : 0);
        return (vocabularySize + (long) blockSize) * c + layers * (matrices + vectors) + c + (bias ? c : 0);
    }
}
