package io.minigpt.gpt.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class GgufTypeTest {
    @Test
    void bf16RoundsToNearestTiesToEven() {
        float[] numbers = {
            Float.intBitsToFloat(0x3f80_8000),
            Float.intBitsToFloat(0x3f81_8000),
            Float.intBitsToFloat(0x3f80_8001),
            Float.intBitsToFloat(0xbf80_7fff),
            Float.intBitsToFloat(0x7f80_0001),
            Float.NEGATIVE_INFINITY
        };
        int[] expected = {0x3f80, 0x3f82, 0x3f81, 0xbf80, 0x7fc0, 0xff80};

        ByteBuffer encoded = encode(GgufType.BF16, numbers);

        for (int expectedBits : expected) {
            assertThat(Short.toUnsignedInt(encoded.getShort())).isEqualTo(expectedBits);
        }
    }

    @Test
    void q8ScalesABlockByItsGreatestAndRoundsHalvesAway() {
        float[] numbers = new float[32];
        numbers[0] = 127;
        numbers[1] = -127;
        numbers[2] = 0.5f;
        numbers[3] = -0.5f;
        numbers[4] = 2.5f;
        numbers[5] = -1.49f;
        numbers[6] = 0.49999997f;
        byte[] expected = new byte[32];
        expected[0] = 127;
        expected[1] = -127;
        expected[2] = 1;
        expected[3] = -1;
        expected[4] = 3;
        expected[5] = -1;

        ByteBuffer encoded = encode(GgufType.Q8_0, numbers);

        assertThat(encoded.remaining()).isEqualTo(34);
        assertThat(Float.float16ToFloat(encoded.getShort())).isEqualTo(1);
        byte[] integers = new byte[32];
        encoded.get(integers);
        assertThat(integers).isEqualTo(expected);
    }

    @Test
    void q8HoldsEachBlockWithinHalfAStep() {
        float[] numbers = new float[96];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) Math.sin(i) * (i < 64 ? 1e-3f : 40);
        }

        ByteBuffer encoded = encode(GgufType.Q8_0, numbers);

        for (int block = 0; block < 3; block++) {
            float scale = Float.float16ToFloat(encoded.getShort());
            for (int i = 0; i < 32; i++) {
                float decoded = scale * encoded.get();
                // half a step, and what the scale lost on its way into 16 bits
                assertThat(Math.abs(decoded - numbers[32 * block + i])).isLessThanOrEqualTo(scale * 0.63f);
            }
        }
    }

    @Test
    void q8HoldsZeros() {
        ByteBuffer encoded = encode(GgufType.Q8_0, new float[32]);

        assertThat(encoded).isEqualTo(ByteBuffer.allocate(34));
    }

    private static ByteBuffer encode(GgufType type, float... numbers) {
        ByteBuffer target = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer source = FloatBuffer.wrap(numbers);
        while (source.hasRemaining()) {
            type.encodeBlock(source, target);
        }
        return target.flip();
    }
}
