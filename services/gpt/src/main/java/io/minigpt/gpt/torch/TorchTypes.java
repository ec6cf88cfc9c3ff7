package io.minigpt.gpt.torch;

/** The numbers by which scripts name the types of tensors (c10/core/ScalarType.h). */
public final class TorchTypes {
    public static final int FLOAT32 = 6;
    public static final int BFLOAT16 = 15;

    private TorchTypes() {}
}
