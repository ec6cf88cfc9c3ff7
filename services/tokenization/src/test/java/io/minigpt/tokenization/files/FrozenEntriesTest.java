package io.minigpt.tokenization.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.minigpt.tokenization.DatasetPlan;
import io.minigpt.tokenization.Label;
import io.minigpt.tokenization.PlannedRecord;
import io.minigpt.tokenization.RecordKind;
import io.minigpt.tokenization.Split;
import io.minigpt.tokenization.TextForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenEntriesTest {

    @TempDir
    Path folder;

    @Test
    void theFilesCanBeMadeAgainFromThem() throws IOException {
        MemorySnapshot snapshot = new MemorySnapshot()
                .document("d1", "第一篇 \u2028 \"引号\" 😀")
                .pair("p1", "问？", "答。")
                .pair("p2", "再问？", "再答。");
        DatasetPlan plan = new DatasetPlan(
                List.of(
                        new PlannedRecord("d1", RecordKind.DOCUMENT, null, "d1", Split.TRAIN, Label.TRAINED, 0),
                        new PlannedRecord("p1", RecordKind.VARIANT, "q", "f", Split.TRAIN, Label.TRAINED, 0),
                        new PlannedRecord("p1", RecordKind.VARIANT, "q", "f", Split.TRAIN, Label.TRAINED, 1),
                        new PlannedRecord(
                                "p2", RecordKind.GENERATED, "d1", "d1", Split.REPORT, Label.SAME_DOCUMENT, 0)),
                List.of());
        Path first = Files.createDirectory(folder.resolve("first"));
        Path again = Files.createDirectory(folder.resolve("again"));
        DatasetFiles written = writer(first).write(new PlannedEntries(plan, snapshot, 10), List.of());

        DatasetFiles rebuilt;
        try (InputStream in = Files.newInputStream(first.resolve(FrozenEntries.FILE));
                FrozenEntries entries = new FrozenEntries(in, 3, Set.of())) {
            rebuilt = writer(again).write(entries, List.of());
        }

        assertThat(rebuilt.contents()).isEqualTo(written.contents());
        assertThat(rebuilt.train()).isEqualTo(written.train());
    }

    @Test
    void aLineThatIsNoRecordIsNamed() throws IOException {
        byte[] lines = Zstd.compress("{\"id\":\"a\",\"kind\":\"poem\"}\n".getBytes(StandardCharsets.UTF_8));

        try (FrozenEntries entries = new FrozenEntries(new ByteArrayInputStream(lines), 10, Set.of())) {
            assertThatThrownBy(entries::next)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("records.jsonl.zst line 1 is no record");
        }
    }

    private static DatasetWriter writer(Path folder) {
        return new DatasetWriter(folder, 2, TextForm.USUAL, (entries, done) -> {});
    }
}
