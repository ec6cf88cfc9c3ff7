package io.minigpt.gpt.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.gpt.configuration.LossScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedRecordsTest {
    private static final int RECORDS = 40;
    private static final int COLUMNS = 16;

    @TempDir
    private Path directory;

    private TokenFile file;
    private RecordTable table;

    /** Record r has 5 to 9 tokens, 100 r + 1, 100 r + 2, ..., of which the first two are its prompt. */
    @BeforeEach
    void write() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(10_000).order(ByteOrder.LITTLE_ENDIAN);
        long[] first = new long[RECORDS];
        int[] tokens = new int[RECORDS];
        int[] promptTokens = new int[RECORDS];
        for (int item = 0; item < RECORDS; item++) {
            first[item] = bytes.position() / 2;
            tokens[item] = 5 + item % 5;
            promptTokens[item] = 2;
            for (int i = 1; i <= tokens[item]; i++) {
                bytes.putShort((short) (100 * item + i));
            }
        }
        Path path = directory.resolve("train.bin");
        Files.write(path, Arrays.copyOf(bytes.array(), bytes.position()));
        file = new TokenFile(path);
        table = new RecordTable(first, tokens, promptTokens);
    }

    @Test
    void anEpochHasEveryRecordOnceAndWhole() {
        PackedRecords batches = records(LossScope.ALL);

        List<Long> ends = new ArrayList<>();
        for (int number = 0; number < batches.batchesPerEpoch(); number++) {
            Batch batch = batches.batch(number);
            for (int at = 0; at < batch.targets().length; at++) {
                // every counted target follows its input
                if (batch.targets()[at] != Batch.IGNORED) {
                    assertThat(batch.targets()[at]).isEqualTo(batch.inputs()[at] + 1);
                }
                if (batch.targets()[at] != Batch.IGNORED && isLast(batch.targets()[at])) {
                    ends.add(batch.targets()[at] / 100);
                }
            }
        }
        assertThat(ends.subList(0, RECORDS)).doesNotHaveDuplicates();
    }

    @Test
    void windowsBeginWithARecord() {
        PackedRecords batches = records(LossScope.ALL);

        for (int number = 0; number < 30; number++) {
            Batch batch = batches.batch(number);
            assertThat(batch.inputs()[0] % 100).isEqualTo(1);
            assertThat(batch.inputs()[COLUMNS] % 100).isEqualTo(1);
        }
    }

    @Test
    void positionsCountFromZeroInEveryRecord() {
        Batch batch = records(LossScope.ALL).batch(3);

        for (int at = 0; at < batch.inputs().length; at++) {
            boolean padding = batch.inputs()[at] == 0;
            assertThat(batch.positions()[at]).isEqualTo(padding ? 0 : batch.inputs()[at] % 100 - 1);
        }
    }

    @Test
    void windowsAreWellFilled() {
        PackedRecords batches = records(LossScope.ALL);

        int counted = 0;
        for (int number = 0; number < 100; number++) {
            counted += batches.batch(number).counted();
        }
        assertThat(counted / (100.0 * 2 * COLUMNS)).isGreaterThan(0.85);
    }

    @Test
    void theAnswersLossCountsTheAnswerAndItsEndToken() {
        Batch batch = records(LossScope.ANSWER).batch(0);

        for (int at = 0; at < batch.targets().length; at++) {
            long target = batch.targets()[at];
            long place = (batch.inputs()[at] + 1) % 100;
            boolean padding = batch.inputs()[at] == 0;
            boolean counts = !padding && place > 2 && !isLast(batch.inputs()[at] + 1);
            assertThat(target != Batch.IGNORED)
                    .as("target %d at %d", target, at)
                    .isEqualTo(counts);
        }
    }

    @Test
    void aBatchDependsOnSeedAndNumberAlone() {
        PackedRecords used = records(LossScope.ALL);
        for (int number = 0; number < 50; number++) {
            used.batch(number);
        }

        assertThat(used.batch(7).inputs())
                .isEqualTo(records(LossScope.ALL).batch(7).inputs());
        assertThat(used.batch(45).inputs())
                .isEqualTo(records(LossScope.ALL).batch(45).inputs());
    }

    @Test
    void aRecordThatIsTooLongIsCut() {
        PackedRecords batches = new PackedRecords(file, table, 1, 6, 1, LossScope.ALL, false);

        // a window of 6 ends with the 7th token as its last target: only a record of 9 loses its end token, the 8th
        assertThat(batches.cutRecords()).isEqualTo(RECORDS / 5);
        for (int number = 0; number < batches.batchesPerEpoch(); number++) {
            Batch batch = batches.batch(number);
            long record = batch.inputs()[0] / 100;
            long lastTarget = batch.targets()[batch.counted() - 1];
            assertThat(lastTarget % 100).isEqualTo(Math.min(7, table.tokens()[(int) record]));
        }
    }

    @Test
    void recordsCanSeeThoseBeforeThem() {
        // Given the same records as when they cannot
        PackedRecords across = new PackedRecords(file, table, 2, COLUMNS, 1, LossScope.ALL, true);

        Batch batch = across.batch(3);

        Batch apart = records(LossScope.ALL).batch(3);
        assertThat(batch.packed()).isFalse();
        assertThat(apart.packed()).isTrue();
        assertThat(batch.inputs()).isEqualTo(apart.inputs());
        assertThat(batch.targets()).isEqualTo(apart.targets());
    }

    @Test
    void aRecordBeyondTheFileIsRefused() {
        RecordTable beyond = new RecordTable(new long[] {file.size() - 3}, new int[] {4}, new int[] {2});

        assertThatThrownBy(() -> new PackedRecords(file, beyond, 1, 8, 1, LossScope.ALL, false))
                .hasMessageContaining("record 0 ends after the last");
    }

    private PackedRecords records(LossScope loss) {
        return new PackedRecords(file, table, 2, COLUMNS, 1, loss, false);
    }

    private boolean isLast(long token) {
        return token % 100 == table.tokens()[(int) (token / 100)];
    }
}
