package io.minigpt.gpt.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.gpt.text.PairTemplate;
import org.junit.jupiter.api.Test;

class ChatTemplateTest {

    @Test
    void theUsualTemplate() {
        assertThat(ChatTemplate.jinja(PairTemplate.STANDARD))
                .isEqualTo("{% for message in messages %}"
                        + "{% if message['role'] == 'user' %}{{ 'Q: ' + message['content'] + '\\n' }}"
                        + "{% elif message['role'] == 'assistant' %}"
                        + "{{ 'A: ' + message['content'] + '<|endoftext|>\\n' }}"
                        + "{% endif %}{% endfor %}"
                        + "{% if add_generation_prompt %}{{ 'A:' }}{% endif %}");
    }

    @Test
    void aTemplateOfOneLineLeadsToTheAnswerAtOnce() {
        assertThat(ChatTemplate.jinja(new PairTemplate("it's {question}", "{answer}", "")))
                .contains(
                        "{{ 'it\\'s ' + message['content'] + '' }}", "{{ '' + message['content'] + '<|endoftext|>' }}")
                .endsWith("{% if add_generation_prompt %}{{ '' }}{% endif %}");
    }
}
