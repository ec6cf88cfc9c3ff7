package io.minigpt.inference.http;

import io.minigpt.inference.GenerationResult;
import io.minigpt.inference.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code chat.completion} and {@code chat.completion.chunk}. */
final class ChatFormat implements AnswerFormat {

    private static final String ROLE = "assistant";

    private final String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
    private final long created = Instant.now().getEpochSecond();
    private final VersionId version;

    ChatFormat(VersionId version) {
        this.version = version;
    }

    @Override
    public Object whole(List<Text> texts, Usage usage) {
        Text text = texts.getFirst();
        ChatAnswer.Choice choice = new ChatAnswer.Choice(
                0,
                new ChatAnswer.Message(ROLE, text.text()),
                null,
                null,
                FinishReasons.finish(text.result().reason()),
                FinishReasons.stop(text.result().reason()));
        return new ChatAnswer(id, "chat.completion", created, version.toString(), List.of(choice), usage);
    }

    @Override
    public Optional<Object> first(int index) {
        return Optional.of(chunk(List.of(delta(new ChatAnswer.Message(ROLE, ""), null, null)), null));
    }

    @Override
    public Object piece(int index, String piece) {
        return chunk(List.of(delta(new ChatAnswer.Message(null, piece), null, null)), null);
    }

    @Override
    public Object last(int index, GenerationResult result) {
        return chunk(
                List.of(delta(
                        new ChatAnswer.Message(null, null),
                        FinishReasons.finish(result.reason()),
                        FinishReasons.stop(result.reason()))),
                null);
    }

    @Override
    public Object usage(Usage usage) {
        return chunk(List.of(), usage);
    }

    private ChatAnswer chunk(List<ChatAnswer.Choice> choices, Usage usage) {
        return new ChatAnswer(id, "chat.completion.chunk", created, version.toString(), choices, usage);
    }

    private static ChatAnswer.Choice delta(ChatAnswer.Message delta, String finish, String stop) {
        return new ChatAnswer.Choice(0, null, delta, null, finish, stop);
    }
}
