package io.minigpt.inference.http;

import io.minigpt.gpt.Generation;
import io.minigpt.gpt.TokenProbability;
import java.util.List;
import java.util.Optional;

/** The form of one kind of answer, whole and as the chunks of a stream. */
interface AnswerFormat {

    /** The response's id. */
    String id();

    /** The whole answer. */
    Object whole(List<Generation> texts, Usage usage);

    /** What a stream begins a text with, if with anything. */
    Optional<Object> first(int index);

    /** A piece of a text. @param tokens that have come since the last piece, if they were asked for */
    Object piece(int index, String piece, List<TokenProbability> tokens);

    /** The end of a text. @param tokens that have come since the last piece, if they were asked for */
    Object last(int index, Generation text, List<TokenProbability> tokens);

    /** The numbers of tokens, after all texts. */
    Object usage(Usage usage);
}
