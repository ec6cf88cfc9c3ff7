package io.minigpt.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.platform.InvalidRequestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionTest {

    @Test
    void keepsWhatIsAskedForAndCounts() throws IOException {
        List<String> kept = new ArrayList<>();

        int questions = Question.check(
                lines("{\"question\":\"水？\",\"answer\":null,\"score\":1}\n\n{\"id\":\"a\",\"question\":\"火？\"}"),
                kept::add);

        assertThat(questions).isEqualTo(2);
        assertThat(kept).containsExactly("{\"question\":\"水？\"}", "{\"id\":\"a\",\"question\":\"火？\"}");
    }

    @Test
    void namesTheLineThatIsWrong() {
        assertRefused("{\"question\":\"水？\"}\nno", "line 2 is no JSON");
        assertRefused("{\"answer\":\"水\"}", "line 1 has no text as question");
        assertRefused("{\"question\":\" \"}", "line 1 has no text as question");
        assertRefused("{\"question\":\"水？\",\"answer\":7}", "line 1: answer must be a text");
        assertRefused(
                "{\"question\":\"" + "水".repeat(20_001) + "\"}", "line 1: question must be a text of at most 20000");
        assertRefused("\n", "the file has no question");
        assertRefused("{\"question\":\"水？\"}\n".repeat(10_001), "10000 questions at most");
    }

    private static void assertRefused(String file, String reason) {
        assertThatThrownBy(() -> Question.check(lines(file), line -> {}))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(reason);
    }

    private static BufferedReader lines(String file) {
        return new BufferedReader(new StringReader(file));
    }
}
