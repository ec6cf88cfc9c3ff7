package io.minigpt.gpt;

/**
 * The loss over some data without dropout.
 *
 * @param loss mean cross-entropy, in nats per token
 * @param bitsPerByte the same in bits per byte of text, which does not depend on the tokenizer
 * @param tokens the number of tokens that counted
 */
public record Evaluation(double loss, double bitsPerByte, long tokens) {}
