package io.minigpt.inference.http;

import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.TokenProbability;
import io.minigpt.inference.Trace;
import io.minigpt.inference.VersionId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The texts that a request asks for: the candidates of each prompt, one prompt after the other.
 *
 * @param requests one for each candidate
 * @param prompts what the caller wrote, for each candidate
 * @param echoes what each text that is answered begins with, often nothing
 * @param wishes for each prompt
 * @param promptCharacters characters of all prompts, each counted once
 * @param stream how it wants them
 */
record Call(
        List<GenerationRequest> requests,
        List<String> prompts,
        List<String> echoes,
        Wishes wishes,
        int promptCharacters,
        StreamWish stream) {

    /**
     * What a request wants for each prompt.
     *
     * @param choices texts that are answered
     * @param candidates texts that these are the likeliest of
     * @param alternatives how many likeliest tokens beside each token, or none of either
     * @param echo the prompt before each text
     */
    record Wishes(int choices, int candidates, int alternatives, boolean echo) {

        /** Whether each token's probability is answered. */
        boolean probabilities() {
            return alternatives != GenerationRequest.NO_PROBABILITIES;
        }

        /** Whether those of the prompt's tokens are too. */
        boolean promptProbabilities() {
            return echo && probabilities();
        }

        /** Whether there are more candidates than answers. */
        boolean selects() {
            return candidates > choices;
        }
    }

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

    /** The indices of the candidates that are answered: of each prompt the likeliest, by the mean of their tokens. */
    List<Integer> chosen(List<Generation> texts) {
        if (!wishes.selects()) {
            return IntStream.range(0, texts.size()).boxed().toList();
        }
        int candidates = wishes.candidates();
        return IntStream.range(0, texts.size() / candidates)
                .boxed()
                .flatMap(prompt -> IntStream.range(prompt * candidates, (prompt + 1) * candidates)
                        .boxed()
                        .sorted(Comparator.comparingDouble(meanProbability(texts))
                                .reversed())
                        .limit(wishes.choices()))
                .toList();
    }

    /** A candidate as it is answered: with probabilities only if they were asked for, not those it was chosen by. */
    Generation answer(Generation text) {
        return wishes.probabilities()
                ? text
                : new Generation(text.text(), text.tokens(), text.promptTokens(), text.finishReason(), List.of());
    }

    /** The call as if it had asked for some of its candidates alone. */
    Call only(List<Integer> chosen) {
        return new Call(
                chosen.stream().map(requests::get).toList(),
                chosen.stream().map(prompts::get).toList(),
                echoes,
                wishes,
                promptCharacters,
                stream);
    }

    /** The most tokens that it can come to, each prompt counted once. */
    long mostTokens() {
        return IntStream.range(0, requests.size())
                .mapToLong(index -> requests.get(index).maxNewTokens()
                        + (isFirst(index) ? requests.get(index).prompt().length : 0))
                .sum();
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

    /** What all candidates cost. */
    Usage usage(List<Generation> generations) {
        int prompt = IntStream.range(0, generations.size())
                .filter(this::isFirst)
                .map(index -> generations.get(index).promptTokens())
                .sum();
        int completion =
                generations.stream().mapToInt(text -> text.tokens().size()).sum();
        int characters = generations.stream()
                .mapToInt(text -> text.text().codePointCount(0, text.text().length()))
                .sum();
        return new Usage(prompt, completion, prompt + completion, promptCharacters, characters);
    }

    private boolean isFirst(int index) {
        return index % wishes.candidates() == 0;
    }

    /** Of the text's own tokens, which stand behind those of the prompt, if these were asked for. */
    private ToDoubleFunction<Integer> meanProbability(List<Generation> texts) {
        return index -> {
            Generation text = texts.get(index);
            List<TokenProbability> all = text.probabilities();
            return all.subList(Math.max(0, all.size() - text.tokens().size()), all.size()).stream()
                    .mapToDouble(TokenProbability::logProbability)
                    .average()
                    .orElse(Double.NEGATIVE_INFINITY);
        };
    }
}
