package io.minigpt.local.demo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A question with the answer that is wanted.
 *
 * @param question a line's question
 * @param answer its answer
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record WantedAnswer(String question, String answer) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** At most {@code count} questions of a file of JSON lines, spread over the file. */
    static List<WantedAnswer> spread(Path file, int count) throws IOException {
        List<WantedAnswer> all;
        try (Stream<String> lines = Files.lines(file)) {
            all = lines.flatMap(WantedAnswer::parse).toList();
        }
        int wanted = Math.min(count, all.size());
        List<WantedAnswer> chosen = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            chosen.add(all.get((2 * i + 1) * all.size() / (2 * wanted)));
        }
        return chosen;
    }

    private static Stream<WantedAnswer> parse(String line) {
        try {
            WantedAnswer parsed = JSON.readValue(line, WantedAnswer.class);
            return Stream.of(parsed).filter(read -> read.question() != null && read.answer() != null);
        } catch (JsonProcessingException refused) {
            // the import has already said which lines it refused, and why
            return Stream.empty();
        }
    }
}
