package io.minigpt.gpt.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file of tensors in Hugging Face's safetensors format: the length of a JSON header (64 bits, little-endian), the
 * header with each tensor's type, shape and place, and the tensors. Open files are memory-mapped. Written are 32-bit
 * floats; F16 and BF16 are read, too, as the 32-bit floats that they stand for.
 */
public final class Safetensors implements AutoCloseable {
    private static final ObjectMapper JSON = new JsonMapper();
    private static final int ALIGNMENT = 8;
    private static final int LONGEST_HEADER = 100_000_000;

    private final Path file;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment content;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(String type, long[] shape, long begin, long end) {
        /** Bytes of one number, 0 for a type that no tensor here is read as. */
        int width() {
            return switch (type) {
                case "F32" -> Float.BYTES;
                case "F16", "BF16" -> Short.BYTES;
                default -> 0;
            };
        }
    }

    private Safetensors(Path file) throws IOException {
        this.file = file;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            content = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /**
     * Opens a file and checks that its header and its length fit together.
     *
     * @throws CorruptCheckpointException if they do not
     */
    public static Safetensors open(Path file) throws IOException {
        Safetensors opened = new Safetensors(file);
        try {
            opened.readHeader();
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** The names of the tensors, in file order. */
    public Set<String> names() {
        return entries.keySet();
    }

    /**
     * One tensor, whose data is valid until the file is closed.
     *
     * @throws CorruptCheckpointException if the file has no such tensor, or one of another shape, or not of floats
     */
    public NamedTensor tensor(String name, long... shape) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new CorruptCheckpointException(file, "has no tensor " + name);
        }
        if (!Arrays.equals(entry.shape, shape)) {
            throw new CorruptCheckpointException(
                    file,
                    "has " + name + " in the shape " + Arrays.toString(entry.shape) + " instead of "
                            + Arrays.toString(shape));
        }
        if (entry.width() == 0) {
            throw new CorruptCheckpointException(
                    file, "has " + name + " as " + entry.type + ", but only F32, F16 and BF16 are read");
        }
        ByteBuffer data = content.asSlice(entry.begin, entry.end - entry.begin)
                .asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
        return new NamedTensor(name, shape, entry.width() == Float.BYTES ? data : widened(entry.type, data));
    }

    private static ByteBuffer widened(String type, ByteBuffer halves) {
        int count = halves.remaining() / Short.BYTES;
        ByteBuffer floats = ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            short half = halves.getShort(Short.BYTES * i);
            floats.putFloat(
                    Float.BYTES * i,
                    type.equals("F16") ? Float.float16ToFloat(half) : Float.intBitsToFloat(half << 16));
        }
        return floats;
    }

    /**
     * Writes tensors, in the given order.
     *
     * @param metadata texts for the header, none for no such entry
     */
    public static void write(WritableByteChannel channel, Map<String, String> metadata, List<NamedTensor> tensors)
            throws IOException {
        writeInTurn(channel, metadata, tensors.stream().map(PendingTensor::of).toList());
    }

    /** As {@link #write}, but each tensor is made when its turn comes. */
    public static void writeInTurn(
            WritableByteChannel channel, Map<String, String> metadata, List<PendingTensor> tensors) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            header.set("__metadata__", JSON.valueToTree(metadata));
        }
        long end = 0;
        for (PendingTensor tensor : tensors) {
            long begin = end;
            end += NamedTensor.bytes(tensor.shape());
            ObjectNode entry = header.putObject(tensor.name());
            entry.put("dtype", "F32");
            entry.set("shape", JSON.valueToTree(tensor.shape()));
            entry.set("data_offsets", JSON.valueToTree(new long[] {begin, end}));
        }
        StringBuilder text = new StringBuilder(JSON.writeValueAsString(header));
        while (text.toString().getBytes(StandardCharsets.UTF_8).length % ALIGNMENT != 0) {
            text.append(' ');
        }
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        writeAll(channel, length.putLong(0, utf8.length));
        writeAll(channel, ByteBuffer.wrap(utf8));
        for (PendingTensor tensor : tensors) {
            writeAll(channel, tensor.make().data());
        }
    }

    private static void writeAll(WritableByteChannel channel, ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            channel.write(data);
        }
    }

    private void readHeader() {
        long size = content.byteSize();
        long length = size < Long.BYTES
                ? -1
                : content.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
        if (length < 0 || length > LONGEST_HEADER || Long.BYTES + length > size) {
            throw new CorruptCheckpointException(file, "is no safetensors file, or is cut off in its header");
        }
        long dataStart = Long.BYTES + length;
        byte[] header = content.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
        long end = dataStart;
        try {
            for (Map.Entry<String, JsonNode> field : JSON.readTree(header).properties()) {
                if (!field.getKey().equals("__metadata__")) {
                    Entry entry = entry(field.getKey(), field.getValue(), dataStart, size);
                    entries.put(field.getKey(), entry);
                    end = Math.max(end, entry.end);
                }
            }
        } catch (JsonProcessingException e) {
            throw new CorruptCheckpointException(file, "has a header that is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new CorruptCheckpointException(file, "has an unreadable header: " + e.getMessage());
        }
        if (end != size) {
            throw new CorruptCheckpointException(file, "has " + size + " bytes where its header says " + end);
        }
    }

    private Entry entry(String name, JsonNode node, long dataStart, long size) {
        JsonNode dimensions = node.path("shape");
        long[] shape = new long[dimensions.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = dimensions.get(i).asLong();
        }
        long begin = dataStart + node.path("data_offsets").path(0).asLong(-1);
        long end = dataStart + node.path("data_offsets").path(1).asLong(-1);
        Entry entry = new Entry(node.path("dtype").asText(), shape, begin, end);
        long expected = entry.width() == 0 ? end - begin : NamedTensor.bytes(shape) / Float.BYTES * entry.width();
        if (begin < dataStart || end < begin || end > size || end - begin != expected) {
            throw new CorruptCheckpointException(file, "is cut off, or has " + name + " in the wrong place");
        }
        return entry;
    }

    @Override
    public void close() {
        arena.close();
    }
}
