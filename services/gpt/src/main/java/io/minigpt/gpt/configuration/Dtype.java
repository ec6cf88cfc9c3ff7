package io.minigpt.gpt.configuration;

/** The number format of the operands of matrix products; weights stay in float32 while a model is trained. */
public enum Dtype {
    /** bfloat16 where the device multiplies it in hardware, else float32. */
    AUTO,
    BFLOAT16,
    FLOAT32
}
