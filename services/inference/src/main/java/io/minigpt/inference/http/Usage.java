package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What an answer cost.
 *
 * @param promptTokens tokens of the prompts, templates included
 * @param completionTokens tokens generated
 * @param totalTokens both
 * @param promptCharacters characters (Unicode code points) of the prompts as they were sent
 * @param completionCharacters characters generated
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Usage(
        int promptTokens, int completionTokens, int totalTokens, int promptCharacters, int completionCharacters) {}
