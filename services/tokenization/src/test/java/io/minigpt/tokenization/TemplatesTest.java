package io.minigpt.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.gpt.text.PairTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {

    @TempDir
    Path folder;

    @Test
    void theUsualTemplateIsThatOfAllVersionsBefore() {
        Templates templates = new Templates(Path.of("../../config/templates"));

        assertThat(templates.named("qa").form()).isEqualTo(PairTemplate.STANDARD);
        assertThat(templates.named("qa").version()).matches("[0-9a-f]{16}");
    }

    @Test
    void anyChangeOfAFileIsAnotherVersion() throws IOException {
        write("qa", "prompt: '{question}'\nanswer: '{answer}'\nend: ''");
        String before = new Templates(folder).named("qa").version();

        write("qa", "# a remark\nprompt: '{question}'\nanswer: '{answer}'\nend: ''");

        assertThat(new Templates(folder).named("qa").version()).isNotEqualTo(before);
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() throws IOException {
        write("qa", "prompt: '{question}'\nanswer: '{answer}'\nend: ''");
        write("chat", "prompt: '{question}'\nanswer: '{answer}'\nend: ''");

        assertThatThrownBy(() -> new Templates(folder).named("poem"))
                .hasMessage("template 'poem' is not one of [chat, qa]");
    }

    @Test
    void aFileThatCannotBeUsedIsNamed() throws IOException {
        assertThatThrownBy(() -> new Templates(folder)).hasMessageContaining("there is no template " + folder + "/qa");

        write("qa", "prompt: 'Q:'\nanswer: '{answer}'\nend: ''");
        assertThatThrownBy(() -> new Templates(folder))
                .hasMessage("template " + folder + "/qa.yaml: prompt needs {question} once: 'Q:'");

        write("qa", "prompt: '{question}'\nanswer: '{answer}'\nend: ''\nsystem: 'be kind'");
        assertThatThrownBy(() -> new Templates(folder)).hasMessageContainingAll(folder + "/qa.yaml", "\"system\"");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), content);
    }
}
