package io.minigpt.inference;

/** What made a version, which decides how it can be asked. */
public enum Stage {
    /** Trained on running text: it continues a text. */
    PRETRAIN,
    /** Fine-tuned on questions and answers: it also answers a question. */
    SFT
}
