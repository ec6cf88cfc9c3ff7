package io.minigpt.gpt.bench;

import io.minigpt.gpt.configuration.WeightType;
import io.minigpt.gpt.export.GgufType;

/** How a model's matrices are held for generation, and what llama.cpp has of the same size. */
enum Weights {
    F32(WeightType.F32, 4, GgufType.F32, "f32"),
    F16(WeightType.F16, 2, GgufType.BF16, "f16"),
    BF16(WeightType.BF16, 2, GgufType.BF16, "bf16"),
    INT8(WeightType.INT8, 1, GgufType.Q8_0, "int8");

    final WeightType type;
    final double bytes;
    final GgufType gguf;
    final String label;

    Weights(WeightType type, double bytes, GgufType gguf, String label) {
        this.type = type;
        this.bytes = bytes;
        this.gguf = gguf;
        this.label = label;
    }
}
