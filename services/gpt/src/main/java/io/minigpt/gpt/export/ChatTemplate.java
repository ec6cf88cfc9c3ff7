package io.minigpt.gpt.export;

/**
 * {@link io.minigpt.gpt.text.SftTemplate} as the Jinja template that Hugging Face's and llama.cpp's chats fill in. One
 * question is what training has seen; a longer conversation becomes records in a row. Other roles are left out.
 */
final class ChatTemplate {
    static final String JINJA = "{% for message in messages %}"
            + "{% if message['role'] == 'user' %}{{ 'Q: ' + message['content'] + '\\n' }}"
            + "{% elif message['role'] == 'assistant' %}{{ 'A: ' + message['content'] + '<|endoftext|>\\n' }}"
            + "{% endif %}{% endfor %}"
            + "{% if add_generation_prompt %}{{ 'A:' }}{% endif %}";

    private ChatTemplate() {}
}
