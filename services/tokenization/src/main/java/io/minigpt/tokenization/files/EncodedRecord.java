package io.minigpt.tokenization.files;

/**
 * A record as it stands in a token file.
 *
 * @param text what was encoded; the end of text is no part of it
 * @param tokens token ids
 * @param promptTokens how many of them are the prompt; 0 for a document
 */
record EncodedRecord(String text, int[] tokens, int promptTokens) {}
