package io.minigpt.worker;

import io.minigpt.gpt.data.RecordTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the index of a dataset's split: 16 bytes a record, little-endian, no header: int64 index of its first token,
 * int32 tokens, int32 prompt tokens among them.
 */
public final class RecordIndex {

    private static final int BYTES = Long.BYTES + 2 * Integer.BYTES;

    private RecordIndex() {}

    /**
     * Reads all records.
     *
     * @throws IllegalArgumentException if the file is no such index or has no record
     */
    public static RecordTable read(Path file) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (content.remaining() % BYTES != 0) {
            throw new IllegalArgumentException(file.getFileName() + " has " + content.remaining()
                    + " bytes, which is no whole number of records of " + BYTES);
        }
        int records = content.remaining() / BYTES;
        long[] firstToken = new long[records];
        int[] tokens = new int[records];
        int[] promptTokens = new int[records];
        for (int i = 0; i < records; i++) {
            firstToken[i] = content.getLong();
            tokens[i] = content.getInt();
            promptTokens[i] = content.getInt();
        }
        return new RecordTable(firstToken, tokens, promptTokens);
    }
}
