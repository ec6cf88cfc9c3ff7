package io.minigpt.gpt.configuration;

/** The non-linearity of the feed-forward layers. */
public enum Activation {
    /** The exact GELU, x Phi(x), as nanoGPT has it: the default of the gpt2 architecture. */
    GELU,
    /** Its approximation with tanh, as GPT-2's released weights were trained with. */
    GELU_TANH,
    /** max(0, x) squared, the one of the modern architecture. */
    RELU_SQUARED
}
