package io.minigpt.gpt.checkpoint;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * A tensor that is made when its turn comes to be written, so that writing a file takes the memory of one tensor.
 *
 * @param name its name in the file
 * @param shape its dimensions
 * @param data makes its 32-bit floats, row-major, little-endian; valid until the next tensor is made
 */
public record PendingTensor(String name, long[] shape, Supplier<ByteBuffer> data) {

    static PendingTensor of(NamedTensor tensor) {
        return new PendingTensor(tensor.name(), tensor.shape(), tensor.data()::duplicate);
    }

    NamedTensor make() {
        return new NamedTensor(name, shape, data.get());
    }
}
