package io.minigpt.data.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedLinesTest {

    @TempDir
    Path folder;

    @Test
    void allAreDifferentAndTheParserTakesThem() throws IOException {
        Path file = folder.resolve("lines.jsonl");

        long documents = GeneratedLines.write(file, 300_000);

        assertThat(Files.size(file)).isBetween(300_000L, 310_000L);
        assertThat(Files.readAllLines(file)).doesNotHaveDuplicates().hasSize((int) documents);
        assertThat(Parsing.run(file)).isEqualTo(documents);
    }
}
