package io.minigpt.inference.http;

import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.inference.Trace;
import io.minigpt.inference.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The texts that a request asks for: {@code choices} of each prompt, one prompt after the other.
 *
 * @param requests one for each text
 * @param prompts what the caller wrote, for each text
 * @param echoes what each text begins with, often nothing
 * @param choices texts of each prompt
 * @param promptCharacters characters of all prompts, each counted once
 * @param stream how it wants them
 */
record Call(
        List<GenerationRequest> requests,
        List<String> prompts,
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
        prompts = List.copyOf(prompts);
        echoes = List.copyOf(echoes);
    }

    /** What is to be kept of the texts. */
    List<Trace> traces(String id, VersionId version, List<Generation> generations) {
        Instant now = Instant.now();
        return IntStream.range(0, generations.size())
                .mapToObj(index -> new Trace(
                        id,
                        index,
                        version,
                        prompts.get(index),
                        generations.get(index).text().strip(),
                        requests.get(index).sampling().temperature(),
                        requests.get(index).sampling().seed(),
                        FinishReasons.inDetail(generations.get(index).finishReason()),
                        now))
                .toList();
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
