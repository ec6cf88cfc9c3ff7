package io.minigpt.inference.http;

import io.minigpt.inference.GenerationResult;
import java.util.List;
import java.util.Optional;

/** The form of one kind of answer, whole and as the chunks of a stream. */
interface AnswerFormat {

    /** One finished text. */
    record Text(String text, GenerationResult result) {}

    /** The whole answer. */
    Object whole(List<Text> texts, Usage usage);

    /** What a stream begins a text with, if with anything. */
    Optional<Object> first(int index);

    /** A piece of a text. */
    Object piece(int index, String piece);

    /** The end of a text. */
    Object last(int index, GenerationResult result);

    /** The numbers of tokens, after all texts. */
    Object usage(Usage usage);
}
