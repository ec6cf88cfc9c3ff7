package io.minigpt.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainBodyTest {

    private static final byte[] TEXT = "{\"text\": \"太阳\"}\n".repeat(100).getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({"NONE,NONE", "NONE,RECOGNISED", "GZIP,GZIP", "GZIP,RECOGNISED", "ZSTD,ZSTD", "ZSTD,RECOGNISED"})
    void unfolds(Compression how, Compression declared) throws IOException {
        byte[] sent = compressed(TEXT, how);

        PlainBody body = body(sent, declared);

        assertThat(body.readAllBytes()).isEqualTo(TEXT);
        assertThat(body.rawBytes()).isEqualTo(sent.length);
    }

    @ParameterizedTest
    @CsvSource({"GZIP", "ZSTD"})
    void readsOnWhereAnotherCompressedPartBegins(Compression how) throws IOException {
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(compressed(TEXT, how));
        two.write(compressed(TEXT, how));

        byte[] plain = body(two.toByteArray(), Compression.RECOGNISED).readAllBytes();

        assertThat(plain).hasSize(2 * TEXT.length);
    }

    @Test
    void anEmptyBodyIsEmpty() throws IOException {
        assertThat(body(new byte[0], Compression.RECOGNISED).readAllBytes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GZIP", "ZSTD"})
    void aBodyThatUnfoldsWithoutEndBreaksOff(Compression how) throws IOException {
        byte[] bomb = compressed(new byte[64 << 20], how);

        PlainBody body = body(bomb, Compression.RECOGNISED);

        assertThatIOException()
                .isThrownBy(() -> body.transferTo(OutputStream.nullOutputStream()))
                .withMessage("it unfolds to more than 250 times its size");
    }

    @Test
    void aBodyLargerThanAllowedBreaksOff() {
        PlainBody body = new PlainBody(new ByteArrayInputStream(TEXT), Compression.NONE, 1000, 250);

        assertThatIOException().isThrownBy(body::readAllBytes).withMessage("it unfolds to more than 1000 bytes");
    }

    @ParameterizedTest
    @CsvSource({"GZIP", "ZSTD"})
    void aBodyThatIsCutShortBreaksOff(Compression how) throws IOException {
        byte[] sent = compressed(TEXT, how);
        InputStream half = new ByteArrayInputStream(sent, 0, sent.length / 2);

        PlainBody body = new PlainBody(half, how, 1 << 20, 250);

        assertThatIOException().isThrownBy(body::readAllBytes);
    }

    private static PlainBody body(byte[] sent, Compression declared) {
        InputStream in = new ByteArrayInputStream(sent) {
            @Override
            public int available() {
                return 0;
            }
        };
        return new PlainBody(in, declared, 1L << 30, 250);
    }

    private static byte[] compressed(byte[] plain, Compression how) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                switch (how) {
                    case NONE, RECOGNISED -> bytes;
                    case GZIP -> new GZIPOutputStream(bytes);
                    case ZSTD -> new ZstdOutputStream(bytes);
                }) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
