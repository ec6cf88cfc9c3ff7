package io.minigpt.worker;

/**
 * Figures over the validation data.
 *
 * @param loss mean over the counted tokens, in nats a token
 * @param bitsPerByte the same in bits a byte of text; 0 when the bytes are not known
 */
public record Validation(double loss, double bitsPerByte) {}
