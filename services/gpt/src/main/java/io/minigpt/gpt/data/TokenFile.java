package io.minigpt.gpt.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A memory-mapped file of token ids as nanoGPT writes them: unsigned 16 bits each, little-endian, no header. */
public final class TokenFile implements AutoCloseable {
    private static final ValueLayout.OfShort TOKEN =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment tokens;

    /**
     * Maps a file.
     *
     * @throws IllegalArgumentException if it is no whole number of tokens
     * @throws UncheckedIOException if it cannot be read
     */
    public TokenFile(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() % Short.BYTES != 0) {
                throw new IllegalArgumentException(
                        file + " has " + channel.size() + " bytes, which is no whole number of 16-bit token ids");
            }
            tokens = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the tokens of " + file, e);
        }
    }

    /** The number of tokens. */
    public long size() {
        return tokens.byteSize() / Short.BYTES;
    }

    /** One token id. */
    public int get(long index) {
        return Short.toUnsignedInt(tokens.get(TOKEN, index * Short.BYTES));
    }

    @Override
    public void close() {
        arena.close();
    }
}
