package io.minigpt.inference.http;

import io.minigpt.gpt.Generation;
import io.minigpt.gpt.TokenProbability;
import io.minigpt.inference.Submission;
import io.minigpt.inference.Submission.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Waits for all texts of a call, each with the probabilities that it wants. */
final class WholeTexts {

    private final Call call;
    private final Generation[] texts;
    private final List<List<TokenProbability>> tokens;

    WholeTexts(Call call) {
        this.call = call;
        this.texts = new Generation[call.requests().size()];
        this.tokens = Stream.<List<TokenProbability>>generate(ArrayList::new)
                .limit(texts.length)
                .toList();
    }

    /** All texts, in the order of the call. @throws RuntimeException the reason why there are not all of them */
    List<Generation> await(Submission submission) throws InterruptedException {
        int missing = texts.length;
        while (missing > 0) {
            switch (submission.next()) {
                case Part.Text text -> {
                    // its end has all of it
                }
                case Part.Token(int index, TokenProbability token) ->
                    tokens.get(index).add(token);
                case Part.End(int index, Generation text) -> {
                    texts[index] = complete(index, text);
                    missing--;
                }
                case Part.Failure(RuntimeException reason) -> throw reason;
            }
        }
        return Arrays.asList(texts);
    }

    /** A text whose tokens are told with those of its prompt. */
    private Generation complete(int index, Generation text) {
        return call.wishes().promptProbabilities()
                ? new Generation(
                        text.text(), text.tokens(), text.promptTokens(), text.finishReason(), tokens.get(index))
                : text;
    }
}
