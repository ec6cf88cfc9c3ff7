package io.minigpt.gpt.export;

import io.minigpt.gpt.configuration.ModelConfiguration;
import java.util.ArrayList;
import java.util.List;

/**
 * One of GPT-2's tensors as both formats have it, biases included.
 *
 * @param name in checkpoints and in Hugging Face's files
 * @param ggufName in GGUF files (llama.cpp's gguf-py/gguf/constants.py, MODEL_ARCH.GPT2)
 * @param shape in a checkpoint: outputs before inputs
 */
record Gpt2Weight(String name, String ggufName, long... shape) {
    static final String TOKEN_EMBEDDING = "transformer.wte.weight";
    static final String POSITION_EMBEDDING = "transformer.wpe.weight";

    /** All tensors of a model in the order of its layers, with {@code vocabulary} rows of token embedding. */
    static List<Gpt2Weight> of(ModelConfiguration model, int vocabulary) {
        long c = model.channels();
        List<Gpt2Weight> weights = new ArrayList<>();
        weights.add(new Gpt2Weight(TOKEN_EMBEDDING, "token_embd.weight", vocabulary, c));
        weights.add(new Gpt2Weight(POSITION_EMBEDDING, "position_embd.weight", model.blockSize(), c));
        for (int layer = 0; layer < model.layers(); layer++) {
            String name = "transformer.h." + layer + ".";
            String ggufName = "blk." + layer + ".";
            addPair(weights, name + "ln_1", ggufName + "attn_norm", c);
            addPair(weights, name + "attn.c_attn", ggufName + "attn_qkv", 3 * c, c);
            addPair(weights, name + "attn.c_proj", ggufName + "attn_output", c, c);
            addPair(weights, name + "ln_2", ggufName + "ffn_norm", c);
            addPair(weights, name + "mlp.c_fc", ggufName + "ffn_up", 4 * c, c);
            addPair(weights, name + "mlp.c_proj", ggufName + "ffn_down", c, 4 * c);
        }
        addPair(weights, "transformer.ln_f", "output_norm", c);
        return weights;
    }

    private static void addPair(List<Gpt2Weight> weights, String name, String ggufName, long... shape) {
        weights.add(new Gpt2Weight(name + ".weight", ggufName + ".weight", shape));
        weights.add(new Gpt2Weight(name + ".bias", ggufName + ".bias", shape[0]));
    }

    boolean bias() {
        return name.endsWith(".bias");
    }

    /** Whether this is the matrix of a linear layer, which Hugging Face's Conv1D holds transposed. */
    boolean projection() {
        return shape.length == 2 && !name.equals(TOKEN_EMBEDDING) && !name.equals(POSITION_EMBEDDING);
    }

    int size() {
        long size = 1;
        for (long dimension : shape) {
            size *= dimension;
        }
        return Math.toIntExact(size);
    }
}
