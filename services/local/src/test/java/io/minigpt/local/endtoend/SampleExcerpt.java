package io.minigpt.local.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The first lines of the sample files, so that a test takes less time than a demo. */
final class SampleExcerpt {
    /** Lines that an import has to refuse: no JSON, no text, an empty text, not UTF-8. */
    static final int BROKEN_LINES = 4;

    private SampleExcerpt() {}

    static Path copy(Path sample, int lines, Path folder) throws IOException {
        try (Stream<String> all = Files.lines(sample)) {
            List<String> first = all.limit(lines).toList();
            return Files.write(folder.resolve(sample.getFileName()), first);
        }
    }

    /** The first document of a file, which says one thing more now. */
    static Path firstWithAnotherSentence(Path documents, Path folder) throws IOException {
        try (Stream<String> all = Files.lines(documents)) {
            String first = all.findFirst().orElseThrow();
            String changed = first.replaceFirst("\"}$", "太阳的年龄大约是四十六亿年。\"}");
            return Files.writeString(folder.resolve("changed.jsonl"), changed + "\n");
        }
    }

    static void appendBrokenLines(Path file) throws IOException {
        Files.writeString(file, "not JSON\n{\"title\": \"no text\"}\n{\"text\": \"\"}\n", StandardOpenOption.APPEND);
        byte[] notUtf8 = "{\"text\": \"\u00ff\"}\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, notUtf8, StandardOpenOption.APPEND);
    }
}
