package io.minigpt.gpt.text;

import java.util.stream.IntStream;

/**
 * The text of a fine-tuning record, the same for training and serving: a prompt part {@code Q: question\nA:} and an
 * answer part, a space, the answer, {@link Tokenizer#END_OF_TEXT} and a newline. The parts are encoded separately, so
 * that the prompt that serving sends is token for token what training saw.
 */
public final class SftTemplate {
    private static final int[] NEWLINE = Tokenizer.gpt2().encode("\n");

    private SftTemplate() {}

    /**
     * A record's tokens.
     *
     * @param tokens prompt, answer, end token, newline
     * @param promptTokens how many of them are the prompt
     */
    public record Tokens(int[] tokens, int promptTokens) {}

    /** The prompt part. */
    public static int[] prompt(String question) {
        return PromptTemplate.SFT.tokens(question);
    }

    /** The answer part up to and with the end token. */
    public static int[] answer(String answer) {
        return concat(Tokenizer.gpt2().encode(" " + answer), new int[] {Tokenizer.END_OF_TEXT});
    }

    /** The whole record. */
    public static Tokens record(String question, String answer) {
        int[] prompt = prompt(question);
        return new Tokens(concat(concat(prompt, answer(answer)), NEWLINE), prompt.length);
    }

    private static int[] concat(int[] first, int[] second) {
        return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
    }
}
