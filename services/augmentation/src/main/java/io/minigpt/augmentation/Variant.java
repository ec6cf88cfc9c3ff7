package io.minigpt.augmentation;

/**
 * A good variant of a question.
 *
 * @param recipe how it was made
 * @param promptVersion version of the prompt that asked for it
 * @param ordinal its number among the question's variants of this recipe, from 0
 * @param question the varied question
 * @param answer its answer
 */
public record Variant(Recipe recipe, String promptVersion, int ordinal, String question, String answer) {}
