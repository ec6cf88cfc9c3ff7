package io.minigpt.gpt.configuration;

/** The number format of a model's matrices when it generates and scores. */
public enum WeightType {
    /** f16 on a processor, bf16 on a GPU. */
    AUTO,
    /** 32-bit floats, as in a checkpoint. */
    F32,
    /** 16-bit floats with 11 significant bits; products are exact in f32. */
    F16,
    /** bfloat16, 8 significant bits; activations are rounded to it too. */
    BF16,
    /** 8-bit integers, one scale for each row of a matrix; activations are rounded to 8 bits, one scale a token. */
    INT8
}
