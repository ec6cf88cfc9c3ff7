package io.minigpt.gpt.text;

/** {@link PairTemplate#STANDARD} for those whose models know no other. */
public final class SftTemplate {

    private SftTemplate() {}

    /** The prompt part. */
    public static int[] prompt(String question) {
        return PairTemplate.STANDARD.promptTokens(question);
    }

    /** The answer part up to and with the end token. */
    public static int[] answer(String answer) {
        return PairTemplate.STANDARD.answerTokens(answer);
    }

    /** The whole record. */
    public static PairTemplate.Tokens record(String question, String answer) {
        return PairTemplate.STANDARD.tokens(question, answer);
    }
}
