package io.minigpt.gpt.bench;

import io.minigpt.gpt.configuration.Dtype;
import io.minigpt.gpt.export.GgufType;

/** How a model's matrices are held for generation, and what llama.cpp has of the same size. */
enum Weights {
    F32(Dtype.FLOAT32, 4, GgufType.F32, "f32"),
    BF16(Dtype.BFLOAT16, 2, GgufType.BF16, "bf16");

    final Dtype dtype;
    final double bytes;
    final GgufType gguf;
    final String label;

    Weights(Dtype dtype, double bytes, GgufType gguf, String label) {
        this.dtype = dtype;
        this.bytes = bytes;
        this.gguf = gguf;
        this.label = label;
    }
}
