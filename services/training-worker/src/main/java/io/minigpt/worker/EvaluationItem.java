package io.minigpt.worker;

import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.text.Tokenizer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Something a model is asked.
 *
 * @param id record id
 * @param set evaluation set
 * @param label what the model knows of it: trained, unseen, ...
 * @param question the question, or the beginning of a text
 * @param reference the right answer, or how the text goes on; empty if it is not known
 * @param prompt tokens that the model is given
 * @param target tokens of the reference, as they would follow the prompt; none without a reference
 * @param maxNewTokens longest answer, in tokens
 */
public record EvaluationItem(
        String id,
        String set,
        String label,
        String question,
        Optional<String> reference,
        int[] prompt,
        int[] target,
        int maxNewTokens) {

    private static final char CUT_CHARACTER = '\uFFFD';

    /**
     * A question of a fine-tuned model. Its target ends with the end token.
     *
     * @param template the form of the pairs that the model was trained on
     */
    static EvaluationItem question(
            String id,
            String set,
            String label,
            String question,
            Optional<String> answer,
            int maxNewTokens,
            PairTemplate template) {
        return new EvaluationItem(
                id,
                set,
                label,
                question,
                answer,
                template.promptTokens(question),
                answer.map(template::answerTokens).orElseGet(() -> new int[0]),
                maxNewTokens);
    }

    /** Whether there is something to compare with. */
    boolean hasReference() {
        return reference.isPresent();
    }

    /** A text to be continued; empty if it is not longer than the prompt. */
    static Optional<EvaluationItem> continuation(
            String id, String set, String label, String text, int promptCharacters, int tokens) {
        if (text.codePointCount(0, text.length()) <= promptCharacters) {
            return Optional.empty();
        }
        int cut = text.offsetByCodePoints(0, promptCharacters);
        String prompt = text.substring(0, cut);
        int[] target = wholeCharacters(Tokenizer.gpt2().encode(text.substring(cut)), tokens);
        return Optional.of(new EvaluationItem(
                id,
                set,
                label,
                prompt,
                Optional.of(Tokenizer.gpt2().decode(target)),
                Tokenizer.gpt2().encode(prompt),
                target,
                tokens));
    }

    /** At most so many of the tokens that they end with a character: most Chinese characters span tokens. */
    private static int[] wholeCharacters(int[] tokens, int limit) {
        int count = Math.min(limit, tokens.length);
        while (count > 1 && endsWithin(Arrays.copyOf(tokens, count))) {
            count--;
        }
        return Arrays.copyOf(tokens, count);
    }

    private static boolean endsWithin(int[] tokens) {
        String text = Tokenizer.gpt2().decode(tokens);
        return text.charAt(text.length() - 1) == CUT_CHARACTER;
    }
}
