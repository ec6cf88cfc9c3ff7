package io.minigpt.inference.http;

import io.minigpt.inference.GenerationResult;
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

    /** @param echoes what each text begins with */
    CompletionFormat(VersionId version, List<String> echoes) {
        this.version = version;
        this.echoes = echoes;
    }

    @Override
    public Object whole(List<Text> texts, Usage usage) {
        List<CompletionAnswer.Choice> choices = IntStream.range(0, texts.size())
                .mapToObj(index -> choice(
                        index,
                        echoes.get(index) + texts.get(index).text(),
                        texts.get(index).result()))
                .toList();
        return answer(choices, usage);
    }

    @Override
    public Optional<Object> first(int index) {
        return echoes.get(index).isEmpty() ? Optional.empty() : Optional.of(piece(index, echoes.get(index)));
    }

    @Override
    public Object piece(int index, String piece) {
        return answer(List.of(new CompletionAnswer.Choice(index, piece, null, null, null)), null);
    }

    @Override
    public Object last(int index, GenerationResult result) {
        return answer(List.of(choice(index, "", result)), null);
    }

    @Override
    public Object usage(Usage usage) {
        return answer(List.of(), usage);
    }

    private CompletionAnswer answer(List<CompletionAnswer.Choice> choices, Usage usage) {
        return new CompletionAnswer(id, "text_completion", created, version.toString(), choices, usage);
    }

    private static CompletionAnswer.Choice choice(int index, String text, GenerationResult result) {
        return new CompletionAnswer.Choice(
                index, text, null, FinishReasons.finish(result.reason()), FinishReasons.stop(result.reason()));
    }
}
