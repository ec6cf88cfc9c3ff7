package io.minigpt.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.tokenization.EvaluationFile.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationFileTest {

    @Test
    void linesAreQuestionsWithAnswers() throws IOException {
        String file = """
                {"question": " 一加一？ ", "answer": "二。", "source": "课本"}

                {"question": "月球是什么？", "answer": "卫星。", "documentId": "moon"}
                """;

        assertThat(EvaluationFile.read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8))))
                .containsExactly(
                        new Item(1, "一加一？", "二。", Optional.empty()), new Item(3, "月球是什么？", "卫星。", Optional.of("moon")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'question': 'a?'}|line 2 has no answer",
                "{'question': ' ', 'answer': 'b'}|line 2 has no question",
                "{'question': 'a?', 'answer': 'b', 'documentId': 7}|line 2 has a documentId that is no text",
                "{'question': 'first?', 'answer': 'b'}|line 2 asks what line 1 asks",
                "{'question': 'a?', 'question': 'b?', 'answer': 'c'}|line 2 is no JSON: Duplicate field",
                "['a?', 'b']|line 2 is no JSON object",
                "{'question': 'a?', 'answer': 'b'} x|line 2 is no JSON",
            })
    void aLineThatCannotBeTakenIsNamed(String line, String reason) {
        String file = "{\"question\": \"first?\", \"answer\": \"a\"}\n" + line.replace('\'', '"');

        assertThatThrownBy(() -> EvaluationFile.read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void whatIsNoUtf8OrEmptyIsRefused() {
        assertThatThrownBy(() -> EvaluationFile.read(new ByteArrayInputStream(new byte[] {'{', (byte) 0xff})))
                .hasMessage("the file is no UTF-8 after line 0");
        assertThatThrownBy(() -> EvaluationFile.read(new ByteArrayInputStream(new byte[] {'\n'})))
                .hasMessage("the file has no questions");
    }
}
