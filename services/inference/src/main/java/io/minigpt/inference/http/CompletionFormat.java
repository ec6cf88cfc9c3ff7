package io.minigpt.inference.http;

import io.minigpt.gpt.Generation;
import io.minigpt.gpt.TokenProbability;
import io.minigpt.inference.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** {@code text_completion}. */
final class CompletionFormat implements AnswerFormat {

    private final String id = "cmpl-" + UUID.randomUUID().toString().replace("-", "");
    private final long created = Instant.now().getEpochSecond();
    private final VersionId version;
    private final List<String> echoes;
    private final List<TokenOffsets> offsets;

    /**
     * @param echoes what each text begins with
     * @param promptTokens whether their tokens come too, before those of the text
     */
    CompletionFormat(VersionId version, List<String> echoes, boolean promptTokens) {
        this.version = version;
        this.echoes = echoes;
        this.offsets = echoes.stream()
                .map(echo -> new TokenOffsets(promptTokens ? 0 : echo.length()))
                .toList();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Object whole(List<Generation> texts, Usage usage) {
        List<CompletionAnswer.Choice> choices = IntStream.range(0, texts.size())
                .mapToObj(index -> last(
                        index,
                        echoes.get(index) + texts.get(index).text(),
                        texts.get(index),
                        texts.get(index).probabilities()))
                .toList();
        return answer(choices, usage);
    }

    @Override
    public Optional<Object> first(int index) {
        return echoes.get(index).isEmpty() ? Optional.empty() : Optional.of(piece(index, echoes.get(index), List.of()));
    }

    @Override
    public Object piece(int index, String piece, List<TokenProbability> tokens) {
        return answer(
                List.of(new CompletionAnswer.Choice(
                        index, piece, offsets.get(index).next(tokens), null, null)),
                null);
    }

    @Override
    public Object last(int index, Generation text, List<TokenProbability> tokens) {
        return answer(List.of(last(index, "", text, tokens)), null);
    }

    @Override
    public Object usage(Usage usage) {
        return answer(List.of(), usage);
    }

    private CompletionAnswer answer(List<CompletionAnswer.Choice> choices, Usage usage) {
        return new CompletionAnswer(id, "text_completion", created, version.toString(), choices, usage);
    }

    private CompletionAnswer.Choice last(int index, String text, Generation generation, List<TokenProbability> tokens) {
        return new CompletionAnswer.Choice(
                index,
                text,
                offsets.get(index).next(tokens),
                FinishReasons.finish(generation.finishReason()),
                FinishReasons.stop(generation.finishReason()));
    }
}
