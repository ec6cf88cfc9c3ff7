package io.minigpt.gpt.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a GGUF file strictly, by the text of its specification. */
final class GgufReader {
    final Map<String, Object> metadata = new LinkedHashMap<>();
    final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private final ByteBuffer bytes;

    /** A tensor with its dimensions as the file has them, fastest first. */
    record Tensor(List<Long> dimensions, int type, ByteBuffer data) {
        float[] numbers() {
            ByteBuffer source = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            long count = dimensions.stream().reduce(1L, (a, b) -> a * b);
            float[] numbers = new float[(int) count];
            float scale = 0;
            for (int i = 0; i < numbers.length; i++) {
                if (type == 8 && i % 32 == 0) {
                    scale = Float.float16ToFloat(source.getShort());
                }
                numbers[i] = switch (type) {
                    case 0 -> source.getFloat();
                    case 30 -> Float.intBitsToFloat(source.getShort() << 16);
                    case 8 -> scale * source.get();
                    default -> throw new IllegalStateException("type " + type);
                };
            }
            return numbers;
        }
    }

    GgufReader(Path file) throws IOException {
        bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        require(bytes.getInt() == 0x46554747, "magic");
        require(bytes.getInt() == 3, "version");
        long tensorCount = bytes.getLong();
        long metadataCount = bytes.getLong();
        for (long i = 0; i < metadataCount; i++) {
            String key = string();
            require(metadata.put(key, value(bytes.getInt())) == null, "a key twice: " + key);
        }
        record Description(String name, List<Long> dimensions, int type, long offset) {}
        List<Description> descriptions = new ArrayList<>();
        for (long i = 0; i < tensorCount; i++) {
            String name = string();
            List<Long> dimensions = new ArrayList<>();
            int count = bytes.getInt();
            for (int d = 0; d < count; d++) {
                dimensions.add(bytes.getLong());
            }
            descriptions.add(new Description(name, dimensions, bytes.getInt(), bytes.getLong()));
        }
        int start = (bytes.position() + 31) / 32 * 32;
        long end = 0;
        for (Description tensor : descriptions) {
            require(tensor.offset == end, "no gap before " + tensor.name);
            long count = tensor.dimensions.stream().reduce(1L, (a, b) -> a * b);
            long size = tensor.type == 0 ? 4 * count : tensor.type == 30 ? 2 * count : count / 32 * 34;
            ByteBuffer data = bytes.slice((int) (start + tensor.offset), (int) size);
            tensors.put(tensor.name, new Tensor(tensor.dimensions, tensor.type, data));
            end = (tensor.offset + size + 31) / 32 * 32;
        }
        require(start + end == bytes.capacity(), "nothing after the last tensor");
    }

    private Object value(int type) {
        return switch (type) {
            case 4, 5 -> bytes.getInt();
            case 6 -> bytes.getFloat();
            case 7 -> bytes.get() != 0;
            case 8 -> string();
            case 9 -> {
                int elementType = bytes.getInt();
                long count = bytes.getLong();
                List<Object> values = new ArrayList<>();
                for (long i = 0; i < count; i++) {
                    values.add(value(elementType));
                }
                yield values;
            }
            default -> throw new IllegalStateException("metadata type " + type);
        };
    }

    private String string() {
        byte[] utf8 = new byte[Math.toIntExact(bytes.getLong())];
        bytes.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
