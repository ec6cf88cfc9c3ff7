package io.minigpt.gpt.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A GGUF file, version 3, little-endian, in the making: typed metadata, then tensors (ggml's docs/gguf.md). Everything
 * is written in the order in which it was added.
 */
final class GgufFile {
    private static final int MAGIC = 0x46554747; // "GGUF"
    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;
    private static final int CHUNK_NUMBERS = 1 << 18;

    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();

    /** Numbers are fetched when they are written, so that a model need not be in memory twice. */
    private record Tensor(String name, GgufType type, long[] shape, Supplier<FloatBuffer> data) {
        long count() {
            long count = 1;
            for (long dimension : shape) {
                count *= dimension;
            }
            return count;
        }
    }

    /**
     * Adds a metadata entry.
     *
     * @param value a String, Integer (unsigned), Float, Boolean, a list of String or an array of int
     */
    GgufFile put(String key, Object value) {
        metadata.put(key, value);
        return this;
    }

    /** Adds a tensor of a row-major shape, outermost dimension first. */
    void add(String name, GgufType type, long[] shape, Supplier<FloatBuffer> data) {
        tensors.add(new Tensor(name, type, shape, data));
    }

    void write(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(channel, header());
            for (Tensor tensor : tensors) {
                pad(channel);
                write(channel, tensor);
            }
            pad(channel);
        }
    }

    private ByteBuffer header() {
        Header header = new Header();
        header.int32(MAGIC).int32(VERSION).int64(tensors.size()).int64(metadata.size());
        metadata.forEach((key, value) -> header.string(key).typed(value));
        long offset = 0;
        for (Tensor tensor : tensors) {
            header.string(tensor.name).int32(tensor.shape.length);
            for (int i = tensor.shape.length - 1; i >= 0; i--) {
                header.int64(tensor.shape[i]);
            }
            header.int32(tensor.type.id()).int64(offset);
            offset = aligned(offset + tensor.type.bytes(tensor.count()));
        }
        return header.bytes.flip();
    }

    private static void write(FileChannel channel, Tensor tensor) throws IOException {
        FloatBuffer numbers = tensor.data.get();
        ByteBuffer chunk = ByteBuffer.allocateDirect(Math.toIntExact(tensor.type.bytes(CHUNK_NUMBERS)))
                .order(ByteOrder.LITTLE_ENDIAN);
        while (numbers.hasRemaining()) {
            while (numbers.hasRemaining() && chunk.hasRemaining()) {
                tensor.type.encodeBlock(numbers, chunk);
            }
            write(channel, chunk.flip());
            chunk.clear();
        }
    }

    private static void pad(FileChannel channel) throws IOException {
        int missing = (int) (aligned(channel.position()) - channel.position());
        write(channel, ByteBuffer.allocate(missing));
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static long aligned(long offset) {
        return Math.ceilDiv(offset, ALIGNMENT) * ALIGNMENT;
    }

    private static final class Header {
        private ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

        Header int32(int value) {
            room(Integer.BYTES).putInt(value);
            return this;
        }

        Header int64(long value) {
            room(Long.BYTES).putLong(value);
            return this;
        }

        Header string(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            int64(utf8.length);
            room(utf8.length).put(utf8);
            return this;
        }

        void typed(Object value) {
            switch (value) {
                case String text -> int32(STRING).string(text);
                case Integer number -> int32(UINT32).int32(number);
                case Float number -> int32(FLOAT32).int32(Float.floatToRawIntBits(number));
                case Boolean flag -> int32(BOOL).room(1).put((byte) (flag ? 1 : 0));
                case List<?> texts -> {
                    int32(ARRAY).int32(STRING).int64(texts.size());
                    texts.forEach(text -> string((String) text));
                }
                case int[] numbers -> {
                    int32(ARRAY).int32(INT32).int64(numbers.length);
                    for (int number : numbers) {
                        int32(number);
                    }
                }
                default -> throw new IllegalArgumentException("no GGUF type for " + value.getClass());
            }
        }

        private ByteBuffer room(int size) {
            if (bytes.remaining() < size) {
                ByteBuffer larger =
                        ByteBuffer.allocate(2 * bytes.capacity() + size).order(ByteOrder.LITTLE_ENDIAN);
                bytes = larger.put(bytes.flip());
            }
            return bytes;
        }
    }
}
