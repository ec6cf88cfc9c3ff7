package io.minigpt.gpt.export;

import io.minigpt.gpt.text.PairTemplate;

/**
 * A {@link PairTemplate} as the Jinja template that Hugging Face's and llama.cpp's chats fill in. One question is what
 * training has seen; a longer conversation becomes records in a row. Other roles are left out.
 */
final class ChatTemplate {

    private static final String QUESTION = "{question}";
    private static final String ANSWER = "{answer}";

    private ChatTemplate() {}

    static String jinja(PairTemplate template) {
        String prompt = template.prompt();
        // a last line without the question leads to the answer: it comes when an answer does
        int lastLine = prompt.lastIndexOf('\n') + 1;
        int lead = lastLine > prompt.indexOf(QUESTION) ? lastLine : prompt.length();
        String asked = prompt.substring(0, lead);
        String told = prompt.substring(lead);
        return "{% for message in messages %}"
                + "{% if message['role'] == 'user' %}{{ " + content(asked, QUESTION) + " }}"
                + "{% elif message['role'] == 'assistant' %}{{ "
                + content(told + template.answer() + Gpt2Vocabulary.END_OF_TEXT + template.end(), ANSWER) + " }}"
                + "{% endif %}{% endfor %}"
                + "{% if add_generation_prompt %}{{ " + literal(told) + " }}{% endif %}";
    }

    private static String content(String part, String placeholder) {
        int at = part.indexOf(placeholder);
        return literal(part.substring(0, at)) + " + message['content'] + "
                + literal(part.substring(at + placeholder.length()));
    }

    private static String literal(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("'", "\\'")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        return "'" + escaped + "'";
    }
}
