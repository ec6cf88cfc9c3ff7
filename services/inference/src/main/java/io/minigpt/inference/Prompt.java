package io.minigpt.inference;

/** What a model is given. */
public sealed interface Prompt {

    /** What the caller wrote. */
    String text();

    /** A text to continue as it is; its beginning is forgotten when it does not fit the model's context. */
    record Beginning(String text) implements Prompt {}

    /** A question to answer, put into the template that the version was fine-tuned with. */
    record Question(String text) implements Prompt {}
}
