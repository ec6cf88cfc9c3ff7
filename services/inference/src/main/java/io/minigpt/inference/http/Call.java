package io.minigpt.inference.http;

import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationRequest;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The texts that a request asks for: {@code choices} of each prompt, one prompt after the other.
 *
 * @param requests one for each text
 * @param echoes what each text begins with, often nothing
 * @param choices texts of each prompt
 * @param promptCharacters characters of all prompts, each counted once
 * @param stream how it wants them
 */
record Call(
        List<GenerationRequest> requests,
        List<String> echoes,
        int choices,
        int promptCharacters,
        StreamWish stream) {

    /**
     * How a request wants its texts.
     *
     * @param wanted as server-sent events
     * @param usage with the numbers of tokens at the end of those
     */
    record StreamWish(boolean wanted, boolean usage) {}

    Call {
        requests = List.copyOf(requests);
        echoes = List.copyOf(echoes);
    }

    /** What the texts cost. */
    Usage usage(List<Generation> generations) {
        int prompt = IntStream.range(0, generations.size())
                .filter(index -> index % choices == 0)
                .map(index -> generations.get(index).promptTokens())
                .sum();
        int completion =
                generations.stream().mapToInt(text -> text.tokens().size()).sum();
        int characters = generations.stream()
                .mapToInt(text -> text.text().codePointCount(0, text.text().length()))
                .sum();
        return new Usage(prompt, completion, prompt + completion, promptCharacters, characters);
    }
}
