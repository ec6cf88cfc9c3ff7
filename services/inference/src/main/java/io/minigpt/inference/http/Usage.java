package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.minigpt.inference.GenerationResult;
import java.util.List;

/**
 * What an answer cost.
 *
 * @param promptTokens tokens of the prompts, templates included
 * @param completionTokens tokens generated
 * @param totalTokens both
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Usage(int promptTokens, int completionTokens, int totalTokens) {

    static Usage of(List<GenerationResult> results) {
        int prompt = results.stream().mapToInt(GenerationResult::promptTokens).sum();
        int completion =
                results.stream().mapToInt(GenerationResult::completionTokens).sum();
        return new Usage(prompt, completion, prompt + completion);
    }
}
