package io.minigpt.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.gpt.data.RecordTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordIndexTest {

    @TempDir
    Path folder;

    @Test
    void readsRecordsByteByByte() throws IOException {
        // Given two records: token 0, 7 tokens, 4 of them the prompt; token 2^32 + 7, 300 tokens, 12 of them the prompt
        Path file = file("0000000000000000" + "07000000" + "04000000" + "0700000001000000" + "2c010000" + "0c000000");

        RecordTable records = RecordIndex.read(file);

        assertThat(records.firstToken()).containsExactly(0, (1L << 32) + 7);
        assertThat(records.tokens()).containsExactly(7, 300);
        assertThat(records.promptTokens()).containsExactly(4, 12);
    }

    @Test
    void refusesHalfARecord() throws IOException {
        Path file = file("0000000000000000" + "07000000");

        assertThatThrownBy(() -> RecordIndex.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12 bytes");
    }

    private Path file(String hexadecimal) throws IOException {
        return Files.write(folder.resolve("train.index"), HexFormat.of().parseHex(hexadecimal));
    }
}
