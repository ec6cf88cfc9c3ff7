package io.minigpt.gpt.configuration;

/** The non-linearity of the feed-forward layers. */
public enum Activation {
    /** The exact GELU, x Phi(x), as nanoGPT has it. */
    GELU,
    /** Its approximation with tanh, as GPT-2's released weights were trained with. */
    GELU_TANH
}
