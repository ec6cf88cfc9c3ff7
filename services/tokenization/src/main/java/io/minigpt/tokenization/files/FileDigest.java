package io.minigpt.tokenization.files;

/**
 * What identifies a content.
 *
 * @param bytes its length
 * @param sha256 lower-case hexadecimal
 */
public record FileDigest(long bytes, String sha256) {}
