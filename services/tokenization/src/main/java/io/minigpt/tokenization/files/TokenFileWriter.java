package io.minigpt.tokenization.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the token file of a split and its index.
 *
 * <p>{@code <split>.bin}: token ids as little-endian unsigned 16-bit numbers without a header, as nanoGPT reads them.
 *
 * <p>{@code <split>.index}: 16 bytes a record in the order of the token file, little-endian: int64 number of its first
 * token in the token file, int32 tokens (end of text and final newline included), int32 tokens of its prompt (0 for a
 * document). Record n of the index is the n-th line of that split in {@code records.jsonl.zst}.
 */
final class TokenFileWriter implements SplitWriter, AutoCloseable {

    static final int INDEX_BYTES = Long.BYTES + 2 * Integer.BYTES;

    private final HashedFile tokens;
    private final HashedFile index;
    private long tokenCount;
    private long textBytes;
    private long characters;
    private long entries;
    private long records;

    TokenFileWriter(Path folder, String split) throws IOException {
        tokens = HashedFile.create(folder, split + ".bin");
        index = HashedFile.create(folder, split + ".index");
    }

    @Override
    public WrittenEntry append(EncodedEntry entry) throws IOException {
        int count = entry.tokenCount();
        WrittenEntry written =
                new WrittenEntry(entry.record(), entries, tokenCount, count, entry.promptTokens(), entry.sha256());
        tokens.write(entry.tokens());
        index.write(ByteBuffer.allocate(INDEX_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(tokenCount)
                .putInt(count)
                .putInt(entry.promptTokens())
                .array());
        tokenCount += count;
        textBytes += entry.textBytes();
        characters += entry.characters();
        entries++;
        if (entry.record().repetition() == 0) {
            records++;
        }
        return written;
    }

    /** What was written, after {@link #close()}. */
    SplitCounts counts() {
        return new SplitCounts(records, entries, tokenCount, textBytes, characters);
    }

    List<WrittenFile> written() {
        return List.of(tokens.written(), index.written());
    }

    @Override
    public void close() throws IOException {
        try (tokens;
                index) {
            tokens.flush();
        }
    }
}
