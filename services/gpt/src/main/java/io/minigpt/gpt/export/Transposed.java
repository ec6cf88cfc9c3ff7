package io.minigpt.gpt.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Matrices with rows and columns exchanged: Hugging Face's Conv1D holds [inputs, outputs], a linear layer the reverse. */
final class Transposed {
    private static final int TILE = 32;

    private Transposed() {}

    /** The transpose of a row-major matrix, off the heap, little-endian. */
    static ByteBuffer of(FloatBuffer matrix, int rows, int columns) {
        int numbers = Math.multiplyExact(rows, columns);
        return into(ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, numbers)), matrix, rows, columns);
    }

    /**
     * The transpose of a row-major matrix, little-endian, in the first bytes of a buffer that is large enough; tile by
     * tile, which the cache likes.
     */
    static ByteBuffer into(ByteBuffer buffer, FloatBuffer matrix, int rows, int columns) {
        ByteBuffer bytes =
                buffer.slice(0, Float.BYTES * Math.multiplyExact(rows, columns)).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer transposed = bytes.asFloatBuffer();
        for (int row = 0; row < rows; row += TILE) {
            for (int column = 0; column < columns; column += TILE) {
                for (int i = row; i < Math.min(rows, row + TILE); i++) {
                    for (int j = column; j < Math.min(columns, column + TILE); j++) {
                        transposed.put(j * rows + i, matrix.get(i * columns + j));
                    }
                }
            }
        }
        return bytes;
    }
}
