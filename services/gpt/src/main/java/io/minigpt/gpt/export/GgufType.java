package io.minigpt.gpt.export;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** How a GGUF file holds the numbers of matrices; vectors and position embeddings are always {@link #F32}. */
public enum GgufType {
    /** 32-bit floats. */
    F32(0, 0, 1, Float.BYTES) {
        @Override
        void encodeBlock(FloatBuffer numbers, ByteBuffer target) {
            target.putFloat(numbers.get());
        }
    },

    /** The upper halves of 32-bit floats, rounded to nearest, ties to even. */
    BF16(30, 32, 1, Short.BYTES) {
        @Override
        void encodeBlock(FloatBuffer numbers, ByteBuffer target) {
            target.putShort(bf16(numbers.get()));
        }
    },

    /** Blocks of 32 8-bit integers with one 16-bit float to multiply them by (quantize_row_q8_0_ref in ggml-quants.c). */
    Q8_0(8, 7, 32, Short.BYTES + 32) {
        @Override
        void encodeBlock(FloatBuffer numbers, ByteBuffer target) {
            float greatest = 0;
            for (int i = 0; i < blockSize(); i++) {
                greatest = Math.max(greatest, Math.abs(numbers.get(numbers.position() + i)));
            }
            float scale = greatest / Byte.MAX_VALUE;
            float inverse = scale == 0 ? 0 : 1 / scale;
            target.putShort(Float.floatToFloat16(scale));
            for (int i = 0; i < blockSize(); i++) {
                double number = numbers.get() * inverse;
                // C's roundf: halves away from zero
                target.put((byte) (number + Math.copySign(0.5, number)));
            }
        }
    };

    private final int id;
    private final int fileType;
    private final int blockSize;
    private final int blockBytes;

    GgufType(int id, int fileType, int blockSize, int blockBytes) {
        this.id = id;
        this.fileType = fileType;
        this.blockSize = blockSize;
        this.blockBytes = blockBytes;
    }

    /** Encodes the next {@link #blockSize} numbers. */
    abstract void encodeBlock(FloatBuffer numbers, ByteBuffer target);

    /** The number of this type in a tensor's description (ggml_type in ggml.h). */
    int id() {
        return id;
    }

    /** The number of a file whose matrices are of this type (llama_ftype in llama.h). */
    int fileType() {
        return fileType;
    }

    /** Numbers that are encoded together; rows have a multiple of it. */
    int blockSize() {
        return blockSize;
    }

    /** The bytes of {@code count} numbers. */
    long bytes(long count) {
        return count / blockSize * blockBytes;
    }

    private static short bf16(float number) {
        int bits = Float.floatToRawIntBits(number);
        if (Float.isNaN(number)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }
}
