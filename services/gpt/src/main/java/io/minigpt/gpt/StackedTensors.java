package io.minigpt.gpt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.minigpt.gpt.checkpoint.NamedTensor;
import io.minigpt.gpt.checkpoint.Safetensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Moves weights, or moments of the same shapes, between a network's stacked tensors and the tensors of files. */
final class StackedTensors {
    private final List<WeightKind> kinds;

    StackedTensors(List<WeightKind> kinds) {
        this.kinds = kinds;
    }

    /** Views of native memory, valid as long as the arrays are, one a layer; {@code prefix} goes before each name. */
    List<NamedTensor> toFile(String prefix, List<NDArray> arrays) {
        List<NamedTensor> tensors = new ArrayList<>();
        for (int i = 0; i < arrays.size(); i++) {
            ByteBuffer data = arrays.get(i).toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN);
            long[] shape = fileShape(i, arrays);
            int parts = parts(i, arrays);
            int bytes = data.remaining() / parts;
            for (int layer = 0; layer < parts; layer++) {
                tensors.add(
                        new NamedTensor(prefix + kinds.get(i).name(layer), shape, data.slice(layer * bytes, bytes)));
            }
        }
        return tensors;
    }

    /** Copies a file's tensors into the arrays. */
    void fromFile(String prefix, List<NDArray> arrays, Safetensors file, Network network) {
        for (int i = 0; i < arrays.size(); i++) {
            long[] shape = fileShape(i, arrays);
            for (int layer = 0; layer < parts(i, arrays); layer++) {
                NamedTensor tensor = file.tensor(prefix + kinds.get(i).name(layer), shape);
                try (NDManager manager = network.manager().newSubManager()) {
                    NDArray source = manager.create(tensor.data(), new Shape(shape), DataType.FLOAT32);
                    network.copy(arrays.get(i), kinds.get(i).stacked() ? layer : -1, source);
                }
            }
        }
    }

    private long[] fileShape(int i, List<NDArray> arrays) {
        long[] shape = arrays.get(i).getShape().getShape();
        return kinds.get(i).stacked() ? Arrays.copyOfRange(shape, 1, shape.length) : shape;
    }

    private int parts(int i, List<NDArray> arrays) {
        return kinds.get(i).stacked() ? (int) arrays.get(i).getShape().get(0) : 1;
    }
}
