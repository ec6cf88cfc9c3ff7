package io.minigpt.gpt.text;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The text form of a question-answer pair: a prompt part, an answer part with {@link Tokenizer#END_OF_TEXT} after it,
 * and an end. The parts are encoded separately, so that the prompt that serving sends is token for token what training
 * saw.
 *
 * @param prompt what a model is given, with {@code {question}} once
 * @param answer what it has to say, with {@code {answer}} once; the end of text is no part of it
 * @param end what ends the record; may be empty
 */
public record PairTemplate(String prompt, String answer, String end) {

    /** The usual one. */
    public static final PairTemplate STANDARD = new PairTemplate("Q: {question}\nA:", " {answer}", "\n");

    private static final String QUESTION = "{question}";
    private static final String ANSWER = "{answer}";
    private static final int LONGEST_PART = 1_000;

    private static final String PROMPT_KEY = "template_prompt";
    private static final String ANSWER_KEY = "template_answer";
    private static final String END_KEY = "template_end";

    public PairTemplate {
        requireOnce("prompt", prompt, QUESTION, ANSWER);
        requireOnce("answer", answer, ANSWER, QUESTION);
        requirePart("end", end);
        if (end.contains(QUESTION) || end.contains(ANSWER)) {
            throw new IllegalArgumentException("end has a placeholder, where none has a value");
        }
    }

    /**
     * A record's tokens.
     *
     * @param tokens prompt, answer, end token, end
     * @param promptTokens how many of them are the prompt
     */
    public record Tokens(int[] tokens, int promptTokens) {}

    /** Tokens of the prompt part. */
    public int[] promptTokens(String question) {
        return Tokenizer.gpt2().encode(filled(prompt, QUESTION, question));
    }

    /** Tokens of the answer part up to and with the end token. */
    public int[] answerTokens(String text) {
        return concat(Tokenizer.gpt2().encode(filled(answer, ANSWER, text)), new int[] {Tokenizer.END_OF_TEXT});
    }

    /** Tokens of the whole record. */
    public Tokens tokens(String question, String text) {
        int[] asked = promptTokens(question);
        return new Tokens(
                concat(concat(asked, answerTokens(text)), Tokenizer.gpt2().encode(end)), asked.length);
    }

    /** What {@link #tokens} encodes; the end token is no part of it. */
    public String text(String question, String text) {
        return filled(prompt, QUESTION, question) + filled(answer, ANSWER, text) + end;
    }

    /** The template in a checkpoint's provenance. */
    public Map<String, String> provenance() {
        return new TreeMap<>(Map.of(PROMPT_KEY, prompt, ANSWER_KEY, answer, END_KEY, end));
    }

    /** The template of a checkpoint; the usual one if its provenance names none. */
    public static PairTemplate of(Map<String, String> provenance) {
        return provenance.containsKey(PROMPT_KEY)
                ? new PairTemplate(provenance.get(PROMPT_KEY), provenance.get(ANSWER_KEY), provenance.get(END_KEY))
                : STANDARD;
    }

    /** The placeholder stands there once, so what the value contains stays as it is. */
    private static String filled(String part, String placeholder, String value) {
        return part.replace(placeholder, value);
    }

    private static void requireOnce(String name, String part, String placeholder, String other) {
        requirePart(name, part);
        if (part.split(Pattern.quote(placeholder), -1).length != 2) {
            throw new IllegalArgumentException(name + " needs " + placeholder + " once: '" + part + "'");
        }
        if (part.contains(other)) {
            throw new IllegalArgumentException(name + " has no value for " + other + ": '" + part + "'");
        }
    }

    private static void requirePart(String name, String part) {
        if (part == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        if (part.length() > LONGEST_PART) {
            throw new IllegalArgumentException(
                    name + " has " + part.length() + " characters, more than " + LONGEST_PART);
        }
    }

    private static int[] concat(int[] first, int[] second) {
        return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
    }
}
