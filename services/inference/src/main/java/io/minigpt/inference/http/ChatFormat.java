package io.minigpt.inference.http;

import io.minigpt.gpt.Generation;
import io.minigpt.gpt.TokenProbability;
import io.minigpt.inference.VersionId;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** {@code chat.completion} and {@code chat.completion.chunk}. */
final class ChatFormat implements AnswerFormat {

    private static final String ROLE = "assistant";

    private final String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
    private final long created = Instant.now().getEpochSecond();
    private final VersionId version;
    private final BitSet begun = new BitSet();

    ChatFormat(VersionId version) {
        this.version = version;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Object whole(List<Generation> texts, Usage usage) {
        List<ChatAnswer.Choice> choices = IntStream.range(0, texts.size())
                .mapToObj(index -> whole(index, texts.get(index)))
                .toList();
        return new ChatAnswer(id, "chat.completion", created, version.toString(), choices, usage);
    }

    @Override
    public Optional<Object> first(int index) {
        return Optional.of(delta(index, new ChatAnswer.Message(ROLE, ""), List.of()));
    }

    @Override
    public Object piece(int index, String piece, List<TokenProbability> tokens) {
        String text = begun.get(index) ? piece : withoutSpace(piece);
        begun.set(index);
        return delta(index, new ChatAnswer.Message(null, text), tokens);
    }

    @Override
    public Object last(int index, Generation text, List<TokenProbability> tokens) {
        return chunk(
                List.of(new ChatAnswer.Choice(
                        index,
                        null,
                        new ChatAnswer.Message(null, null),
                        ChatLogprobs.of(tokens),
                        FinishReasons.finish(text.finishReason()),
                        FinishReasons.stop(text.finishReason()))),
                null);
    }

    @Override
    public Object usage(Usage usage) {
        return chunk(List.of(), usage);
    }

    private static ChatAnswer.Choice whole(int index, Generation text) {
        return new ChatAnswer.Choice(
                index,
                new ChatAnswer.Message(ROLE, withoutSpace(text.text())),
                null,
                ChatLogprobs.of(text.probabilities()),
                FinishReasons.finish(text.finishReason()),
                FinishReasons.stop(text.finishReason()));
    }

    /** The template begins an answer with one space. */
    private static String withoutSpace(String text) {
        return text.startsWith(" ") ? text.substring(1) : text;
    }

    private ChatAnswer delta(int index, ChatAnswer.Message delta, List<TokenProbability> tokens) {
        return chunk(List.of(new ChatAnswer.Choice(index, null, delta, ChatLogprobs.of(tokens), null, null)), null);
    }

    private ChatAnswer chunk(List<ChatAnswer.Choice> choices, Usage usage) {
        return new ChatAnswer(id, "chat.completion.chunk", created, version.toString(), choices, usage);
    }
}
