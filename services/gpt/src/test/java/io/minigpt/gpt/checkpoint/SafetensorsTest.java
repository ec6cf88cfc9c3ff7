package io.minigpt.gpt.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir
    private Path directory;

    @Test
    void writesWhatTheFormatSays() throws IOException {
        byte[] bytes = Files.readAllBytes(file(tensor("a", 1, 2), tensor("b", 3)));

        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) buffer.getLong();
        String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
        assertThat(header.strip())
                .isEqualTo("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}");
        assertThat(length % 8).isZero();
        assertThat(buffer.getFloat(8 + length + 8)).isEqualTo(3);
        assertThat(bytes).hasSize(8 + length + 12);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Path file = file(tensor("a", 1, 2), tensor("b", 3));

        try (Safetensors opened = Safetensors.open(file)) {
            assertThat(opened.names()).containsExactly("a", "b");
            assertThat(opened.tensor("a", 2).data().getFloat(4)).isEqualTo(2);
        }
    }

    @Test
    void refusesAnotherShape() throws IOException {
        try (Safetensors opened = Safetensors.open(file(tensor("a", 1, 2)))) {
            assertThatThrownBy(() -> opened.tensor("a", 1, 2))
                    .isInstanceOf(CorruptCheckpointException.class)
                    .hasMessageContaining("a in the shape [2] instead of [1, 2]");
            assertThatThrownBy(() -> opened.tensor("c", 2)).hasMessageContaining("has no tensor c");
        }
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        byte[] whole = Files.readAllBytes(file(tensor("a", 1, 2), tensor("b", 3)));
        for (int size = 0; size < whole.length; size++) {
            Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(whole, size));

            assertThatThrownBy(() -> Safetensors.open(cut))
                    .as("%d bytes", size)
                    .isInstanceOf(CorruptCheckpointException.class)
                    .hasMessageContaining("cut");
        }
    }

    @Test
    void refusesTrailingBytes() throws IOException {
        Path file = file(tensor("a", 1, 2));
        Files.write(file, new byte[4], StandardOpenOption.APPEND);

        assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("bytes where its header says");
    }

    @Test
    void refusesTensorsInPlacesThatTheFileDoesNotHave() throws IOException {
        Path file = raw("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}");

        assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("wrong place");
    }

    @Test
    void readsHalvesAsTheFloatsThatTheyStandFor() throws IOException {
        Path file = raw(
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[4,6]},"
                        + "\"mask\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[6,8]}}",
                (short) 0x3c00,
                (short) 0xc001,
                (short) 0x4049,
                (short) 0);

        try (Safetensors opened = Safetensors.open(file)) {
            assertThat(opened.tensor("a", 2).data().getFloat(0)).isEqualTo(1);
            assertThat(opened.tensor("a", 2).data().getFloat(4)).isEqualTo(-2 - 1 / 512f);
            assertThat(opened.tensor("b", 1).data().getFloat(0)).isEqualTo(3.140625f);
            assertThatThrownBy(() -> opened.tensor("mask", 2)).hasMessageContaining("mask as BOOL");
        }
    }

    private Path raw(String header, short... data) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + Short.BYTES * data.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
        bytes.asShortBuffer().put(data);
        return Files.write(directory.resolve("raw"), bytes.array());
    }

    private Path file(NamedTensor... tensors) throws IOException {
        Path file = directory.resolve("model.safetensors");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            Safetensors.write(channel, Map.of(), List.of(tensors));
        }
        return file;
    }

    private static NamedTensor tensor(String name, float... values) {
        ByteBuffer data = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            data.putFloat(value);
        }
        return new NamedTensor(name, new long[] {values.length}, data.flip());
    }
}
