package io.minigpt.inference;

/**
 * How a generation ended.
 *
 * @param reason why
 * @param promptTokens tokens of the prompt, the template included
 * @param completionTokens tokens generated
 */
public record GenerationResult(FinishReason reason, int promptTokens, int completionTokens) {}
