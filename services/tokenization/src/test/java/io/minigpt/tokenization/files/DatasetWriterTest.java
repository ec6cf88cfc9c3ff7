package io.minigpt.tokenization.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.platform.Ids;
import io.minigpt.tokenization.DatasetPlan;
import io.minigpt.tokenization.EvaluationSet;
import io.minigpt.tokenization.Label;
import io.minigpt.tokenization.PlannedRecord;
import io.minigpt.tokenization.RecordKind;
import io.minigpt.tokenization.Separator;
import io.minigpt.tokenization.Split;
import io.minigpt.tokenization.TextForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetWriterTest {

    private static final WriteListener SILENT = (entries, done) -> {};

    @TempDir
    Path folder;

    @Test
    void documentsAreJoinedByTheEndOfText() throws IOException {
        MemorySnapshot snapshot = new MemorySnapshot()
                .document("d1", "hello world")
                .document("d2", "你好")
                .document("d3", "<|endoftext|>");
        DatasetPlan plan = new DatasetPlan(
                List.of(document("d1", Split.TRAIN), document("d3", Split.VALIDATION), document("d2", Split.TRAIN)),
                List.of(new EvaluationSet("continuation", Label.TRAINED, List.of("d2"))));

        DatasetFiles files = write(snapshot, plan, folder, 2, 2);

        assertThat(tokens("train.bin")).containsExactly(31373, 995, 50256, 19526, 254, 25001, 121, 50256);
        // written as text it is no end of text
        assertThat(tokens("val.bin")).containsExactly(27, 91, 437, 1659, 5239, 91, 29, 50256);
        assertThat(index("train.index")).containsExactly("0+3/0", "3+5/0");
        assertThat(files.train()).isEqualTo(new SplitCounts(2, 2, 8, 17, 13));
        assertThat(files.validation()).isEqualTo(new SplitCounts(1, 1, 8, 13, 13));
        assertThat(folder.resolve("evaluation/continuation.jsonl"))
                .hasContent("{\"id\":\"d2\",\"text\":\"你好\",\"label\":\"trained\"}");
    }

    @Test
    void pairsStandInTheTemplateWithTheirPromptsLength() throws IOException {
        MemorySnapshot snapshot = new MemorySnapshot()
                .pair("p1", "hello world?", "hello world")
                .pair("p2", "world?", "hello")
                .pair("p3", "hello?", "world");
        DatasetPlan plan = new DatasetPlan(
                List.of(
                        pair("p1", Split.TRAIN, 0),
                        pair("p1", Split.TRAIN, 1),
                        pair("p2", Split.VALIDATION, 0),
                        pair("p3", Split.REPORT, 0)),
                List.of(new EvaluationSet("unseen", Label.UNSEEN, List.of("p3"))));

        DatasetFiles files = write(snapshot, plan, folder, 256, 2);

        int[] first = {48, 25, 23748, 995, 30, 198, 32, 25, 23748, 995, 50256, 198};
        assertThat(tokens("train.bin"))
                .containsExactly(IntStream.concat(IntStream.of(first), IntStream.of(first))
                        .toArray());
        assertThat(index("train.index")).containsExactly("0+12/8", "12+12/8");
        assertThat(index("val.index")).containsExactly("0+10/7");
        assertThat(files.train().records()).isEqualTo(1);
        assertThat(files.train().entries()).isEqualTo(2);
        assertThat(files.train().bytes()).isEqualTo(2 * "Q: hello world?\nA: hello world\n".length());
        assertThat(folder.resolve("evaluation/unseen.jsonl"))
                .hasContent("{\"id\":\"p3\",\"question\":\"hello?\",\"answer\":\"world\",\"label\":\"unseen\"}");
        List<String> lines = records();
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst())
                .isEqualTo("{\"id\":\"p1\",\"kind\":\"generated\",\"split\":\"train\",\"label\":\"trained\","
                        + "\"parent\":\"d1\",\"family\":\"d1\",\"documentId\":\"d1\",\"documentVersion\":\"v1\","
                        + "\"start\":0,\"end\":11,\"promptVersion\":\"p1\",\"teacher\":\"teacher\","
                        + "\"question\":\"hello world?\",\"answer\":\"hello world\",\"sha256\":\""
                        + sha256("Q: hello world?\nA: hello world\n") + "\"}");
        assertThat(lines.get(1)).contains("\"repetition\":1");
        assertThat(lines.get(3)).contains("\"split\":\"report\"");
        assertThat(files.contents().get("records.jsonl").sha256()).isEqualTo(sha256(String.join("\n", lines) + "\n"));
    }

    @Test
    void theBytesDependNeitherOnThreadsNorOnPieces() throws IOException {
        MemorySnapshot snapshot = new MemorySnapshot();
        List<PlannedRecord> entries = IntStream.range(0, 500)
                .mapToObj(i -> {
                    snapshot.document("d" + i, "第" + i + "篇 text " + "重复".repeat(i % 17));
                    return document("d" + i, i % 7 == 0 ? Split.VALIDATION : Split.TRAIN);
                })
                .toList();
        DatasetPlan plan = new DatasetPlan(entries, List.of());

        DatasetFiles one = write(snapshot, plan, Files.createDirectory(folder.resolve("one")), 256, 1);
        DatasetFiles many = write(snapshot, plan, Files.createDirectory(folder.resolve("many")), 2, 7);

        assertThat(many.contents()).isEqualTo(one.contents());
        assertThat(one.contents().get("train.bin").bytes()).isPositive();
    }

    @Test
    void everyEntryIsToldWithItsPlace() throws IOException {
        MemorySnapshot snapshot = new MemorySnapshot()
                .document("d1", "hello world")
                .document("d2", "hello")
                .document("d3", "world");
        DatasetPlan plan = new DatasetPlan(
                List.of(document("d1", Split.TRAIN), document("d3", Split.VALIDATION), document("d2", Split.TRAIN)),
                List.of());
        List<String> told = new ArrayList<>();

        new DatasetWriter(
                        folder,
                        1,
                        TextForm.USUAL,
                        (entries, done) ->
                                entries.forEach(entry -> told.add(entry.record().id() + " " + entry.number() + " "
                                        + entry.firstToken() + "+" + entry.tokens())))
                .write(new PlannedEntries(plan, snapshot, 2), List.of());

        assertThat(told).containsExactly("d1 0 0+3", "d3 0 0+2", "d2 1 3+2");
    }

    @Test
    void documentsCanBeSeparatedByALineBreak() throws IOException {
        MemorySnapshot snapshot = new MemorySnapshot().document("d1", "hello").document("d2", "world");
        DatasetPlan plan =
                new DatasetPlan(List.of(document("d1", Split.TRAIN), document("d2", Split.TRAIN)), List.of());

        new DatasetWriter(folder, 1, new TextForm(Separator.NEWLINE, PairTemplate.STANDARD), SILENT)
                .write(new PlannedEntries(plan, snapshot, 2), List.of());

        // "hello", "\n", "world", "\n" in GPT-2's vocabulary
        assertThat(tokens("train.bin")).containsExactly(31373, 198, 6894, 198);
    }

    @Test
    void pairsCanHaveAnotherForm() throws IOException {
        MemorySnapshot snapshot = new MemorySnapshot().pair("p1", "hello?", "world");
        DatasetPlan plan = new DatasetPlan(List.of(pair("p1", Split.TRAIN, 0)), List.of());
        TextForm form = new TextForm(Separator.EOT, new PairTemplate("{question}", "{answer}", "\n\n"));

        new DatasetWriter(folder, 1, form, SILENT).write(new PlannedEntries(plan, snapshot, 2), List.of());

        // "hello", "?", "world", the end of text and "\n\n" in GPT-2's vocabulary
        assertThat(tokens("train.bin")).containsExactly(31373, 30, 6894, 50256, 628);
        assertThat(index("train.index")).containsExactly("0+5/2");
        assertThat(records().getFirst()).contains(sha256("hello?world\n\n"));
    }

    @Test
    void theCallerCanStopIt() {
        MemorySnapshot snapshot = new MemorySnapshot().document("d1", "a").document("d2", "b");
        DatasetPlan plan =
                new DatasetPlan(List.of(document("d1", Split.TRAIN), document("d2", Split.TRAIN)), List.of());
        WriteListener stop = (entries, done) -> {
            throw new IllegalStateException("stopped after " + done);
        };

        assertThatThrownBy(() -> new DatasetWriter(folder, 1, TextForm.USUAL, stop)
                        .write(new PlannedEntries(plan, snapshot, 1), List.of()))
                .hasMessage("stopped after 1");
    }

    @Test
    void aFullDiskStopsItWithTheReason() throws IOException {
        MemorySnapshot snapshot = new MemorySnapshot().document("d1", "hello");
        DatasetPlan plan = new DatasetPlan(List.of(document("d1", Split.TRAIN)), List.of());
        Files.createSymbolicLink(folder.resolve("train.bin"), Path.of("/dev/full"));

        assertThatThrownBy(() -> write(snapshot, plan, folder, 1, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left on device");
    }

    private static DatasetFiles write(MemorySnapshot snapshot, DatasetPlan plan, Path folder, int batch, int threads)
            throws IOException {
        return new DatasetWriter(folder, threads, TextForm.USUAL, SILENT)
                .write(new PlannedEntries(plan, snapshot, batch), plan.evaluationSets());
    }

    private static PlannedRecord document(String id, Split split) {
        return new PlannedRecord(id, RecordKind.DOCUMENT, null, id, split, Label.TRAINED, 0);
    }

    private static PlannedRecord pair(String id, Split split, int repetition) {
        return new PlannedRecord(id, RecordKind.GENERATED, "d1", "d1", split, Label.TRAINED, repetition);
    }

    private int[] tokens(String file) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve(file))).order(ByteOrder.LITTLE_ENDIAN);
        return IntStream.range(0, bytes.capacity() / 2)
                .map(i -> Short.toUnsignedInt(bytes.getShort(2 * i)))
                .toArray();
    }

    private List<String> index(String file) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve(file))).order(ByteOrder.LITTLE_ENDIAN);
        return IntStream.range(0, bytes.capacity() / TokenFileWriter.INDEX_BYTES)
                .mapToObj(i -> bytes.getLong() + "+" + bytes.getInt() + "/" + bytes.getInt())
                .toList();
    }

    private List<String> records() throws IOException {
        try (InputStream in = new ZstdInputStream(Files.newInputStream(folder.resolve("records.jsonl.zst")))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(Ids.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
