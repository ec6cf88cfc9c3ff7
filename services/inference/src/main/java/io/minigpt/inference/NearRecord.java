package io.minigpt.inference;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A training record that resembles a question and its answer.
 *
 * @param similarity from 0 to 1: how much of their trigrams it has
 * @param answer its answer
 * @param description all that tokenization says of it: its parent, teacher, passage and document
 */
public record NearRecord(double similarity, String answer, JsonNode description) {}
