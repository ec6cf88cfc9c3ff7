package io.minigpt.gpt.checkpoint;

import java.nio.ByteBuffer;

/**
 * A tensor as files hold it.
 *
 * @param name its name in the file
 * @param shape its dimensions
 * @param data its 32-bit floats, row-major, little-endian
 */
public record NamedTensor(String name, long[] shape, ByteBuffer data) {
    public NamedTensor {
        if (bytes(shape) != data.remaining()) {
            throw new IllegalArgumentException(name + " has " + data.remaining() + " bytes, its shape " + bytes(shape));
        }
    }

    static long bytes(long[] shape) {
        long bytes = Float.BYTES;
        for (long dimension : shape) {
            bytes = Math.multiplyExact(bytes, dimension);
        }
        return bytes;
    }
}
