package io.minigpt.gpt.configuration;

/** The network. */
public enum Architecture {
    /** GPT-2, as nanoGPT has it: learned positions, LayerNorm, GELU, one matrix for the embedding and the head. */
    GPT2,
    /** nanochat's: rotary positions, RMSNorm without weights, QK norm, squared ReLU, a head of its own, no biases. */
    MODERN
}
