package io.minigpt.gpt.text;

/**
 * How a question becomes the prompt that a fine-tuned model was trained with.
 *
 * @param text has {@code {question}} where the question stands, once
 */
public record PromptTemplate(String text) {
    /** That of {@link SftTemplate}, which models without one of their own were trained with. */
    public static final PromptTemplate SFT = new PromptTemplate("Q: {question}\nA:");

    private static final String QUESTION = "{question}";

    public PromptTemplate {
        int at = text.indexOf(QUESTION);
        if (at < 0 || text.indexOf(QUESTION, at + 1) >= 0) {
            throw new IllegalArgumentException(
                    "a template of prompts must have " + QUESTION + " once, and '" + text + "' does not");
        }
    }

    /** The prompt's tokens. */
    public int[] tokens(String question) {
        return Tokenizer.gpt2().encode(text.replace(QUESTION, question));
    }
}
