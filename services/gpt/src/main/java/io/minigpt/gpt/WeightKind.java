package io.minigpt.gpt;

import java.util.ArrayList;
import java.util.List;

/**
 * The kinds of weight, in the order of {@code weights()} in gpt.py, with the names that GPT-2 and nanoGPT give them in
 * files. A kind that every layer has is one tensor stacked over the layers in the network and one tensor a layer in a
 * file.
 */
enum WeightKind {
    TOKEN_EMBEDDING("transformer.wte.weight", true, false),
    POSITION_EMBEDDING("transformer.wpe.weight", true, false),
    LN_1("transformer.h.%d.ln_1.weight", false, false),
    ATTENTION("transformer.h.%d.attn.c_attn.weight", true, false),
    ATTENTION_PROJECTION("transformer.h.%d.attn.c_proj.weight", true, false),
    LN_2("transformer.h.%d.ln_2.weight", false, false),
    MLP("transformer.h.%d.mlp.c_fc.weight", true, false),
    MLP_PROJECTION("transformer.h.%d.mlp.c_proj.weight", true, false),
    LN_F("transformer.ln_f.weight", false, false),
    LN_1_BIAS("transformer.h.%d.ln_1.bias", false, true),
    ATTENTION_BIAS("transformer.h.%d.attn.c_attn.bias", false, true),
    ATTENTION_PROJECTION_BIAS("transformer.h.%d.attn.c_proj.bias", false, true),
    LN_2_BIAS("transformer.h.%d.ln_2.bias", false, true),
    MLP_BIAS("transformer.h.%d.mlp.c_fc.bias", false, true),
    MLP_PROJECTION_BIAS("transformer.h.%d.mlp.c_proj.bias", false, true),
    LN_F_BIAS("transformer.ln_f.bias", false, true);

    private final String pattern;
    private final boolean decayed;
    private final boolean bias;

    WeightKind(String pattern, boolean decayed, boolean bias) {
        this.pattern = pattern;
        this.decayed = decayed;
        this.bias = bias;
    }

    /** The kinds of a model, in order. */
    static List<WeightKind> of(boolean withBiases) {
        List<WeightKind> kinds = new ArrayList<>();
        for (WeightKind kind : values()) {
            if (withBiases || !kind.bias) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    /** Whether every layer has one. */
    boolean stacked() {
        return pattern.contains("%d");
    }

    /** Whether weight decay applies: to matrices, not to LayerNorms and biases. */
    boolean decayed() {
        return decayed;
    }

    /** The name in files of one layer's weight; the layer does not matter to a kind that is not stacked. */
    String name(int layer) {
        return pattern.formatted(layer);
    }
}
