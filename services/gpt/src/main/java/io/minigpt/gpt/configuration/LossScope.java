package io.minigpt.gpt.configuration;

/** Which tokens of a fine-tuning record count in the loss. */
public enum LossScope {
    ALL,
    /** The answer with its end token; neither the prompt nor the newline after the record. */
    ANSWER
}
