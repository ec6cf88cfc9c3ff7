package io.minigpt.gpt;

import io.minigpt.gpt.configuration.Architecture;
import io.minigpt.gpt.configuration.ModelConfiguration;
import java.util.Arrays;
import java.util.List;

/**
 * The kinds of weight with the names that GPT-2 and nanoGPT give them in files; those of a model, in this order, are
 * {@code weights()} in its script. A kind that every layer has is one tensor stacked over the layers in the network and
 * one tensor a layer in a file.
 */
enum WeightKind {
    TOKEN_EMBEDDING("transformer.wte.weight", Role.MATRIX),
    POSITION_EMBEDDING("transformer.wpe.weight", Role.GPT2_MATRIX),
    LN_1("transformer.h.%d.ln_1.weight", Role.GPT2_SCALE),
    ATTENTION("transformer.h.%d.attn.c_attn.weight", Role.MATRIX),
    ATTENTION_PROJECTION("transformer.h.%d.attn.c_proj.weight", Role.MATRIX),
    LN_2("transformer.h.%d.ln_2.weight", Role.GPT2_SCALE),
    MLP("transformer.h.%d.mlp.c_fc.weight", Role.MATRIX),
    MLP_PROJECTION("transformer.h.%d.mlp.c_proj.weight", Role.MATRIX),
    LN_F("transformer.ln_f.weight", Role.GPT2_SCALE),
    LN_1_BIAS("transformer.h.%d.ln_1.bias", Role.GPT2_BIAS),
    ATTENTION_BIAS("transformer.h.%d.attn.c_attn.bias", Role.GPT2_BIAS),
    ATTENTION_PROJECTION_BIAS("transformer.h.%d.attn.c_proj.bias", Role.GPT2_BIAS),
    LN_2_BIAS("transformer.h.%d.ln_2.bias", Role.GPT2_BIAS),
    MLP_BIAS("transformer.h.%d.mlp.c_fc.bias", Role.GPT2_BIAS),
    MLP_PROJECTION_BIAS("transformer.h.%d.mlp.c_proj.bias", Role.GPT2_BIAS),
    LN_F_BIAS("transformer.ln_f.bias", Role.GPT2_BIAS),
    HEAD("lm_head.weight", Role.MODERN_MATRIX);

    private enum Role {
        MATRIX,
        GPT2_MATRIX,
        GPT2_SCALE,
        GPT2_BIAS,
        MODERN_MATRIX
    }

    private final String pattern;
    private final Role role;

    WeightKind(String pattern, Role role) {
        this.pattern = pattern;
        this.role = role;
    }

    /** The kinds of a model, in order. */
    static List<WeightKind> of(ModelConfiguration model) {
        return Arrays.stream(values()).filter(kind -> kind.in(model)).toList();
    }

    private boolean in(ModelConfiguration model) {
        return switch (role) {
            case MATRIX -> true;
            case GPT2_MATRIX, GPT2_SCALE -> model.architecture() == Architecture.GPT2;
            case GPT2_BIAS -> model.bias();
            case MODERN_MATRIX -> model.architecture() == Architecture.MODERN;
        };
    }

    /** Whether every layer has one. */
    boolean stacked() {
        return pattern.contains("%d");
    }

    /** Whether weight decay applies: to matrices, not to LayerNorms and biases. */
    boolean decayed() {
        return switch (role) {
            case MATRIX, GPT2_MATRIX, MODERN_MATRIX -> true;
            case GPT2_SCALE, GPT2_BIAS -> false;
        };
    }

    /** The name in files, with a star for the layers. */
    String pattern() {
        return pattern.replace("%d", "*");
    }

    /** The name in files of one layer's weight; the layer does not matter to a kind that is not stacked. */
    String name(int layer) {
        return pattern.formatted(layer);
    }
}
