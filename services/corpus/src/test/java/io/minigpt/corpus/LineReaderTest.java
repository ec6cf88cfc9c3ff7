package io.minigpt.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    @Test
    void cutsAtLineEnds() throws IOException {
        List<String> lines = read("a\nb\r\n\nlast", 10, 8192);

        assertThat(lines).containsExactly("1 a", "2 b", "3 ", "4 last");
    }

    @Test
    void aFinalLineEndBeginsNoLine() throws IOException {
        List<String> lines = read("a\n", 10, 8192);

        assertThat(lines).containsExactly("1 a");
    }

    @Test
    void anEmptyStreamHasNoLine() throws IOException {
        List<String> lines = read("", 10, 8192);

        assertThat(lines).isEmpty();
    }

    @Test
    void aLineOfExactlyTheLimitIsKeptWithEitherLineEnd() throws IOException {
        List<String> lines = read("0123456789\n0123456789\r\n0123456789", 10, 8192);

        assertThat(lines).containsExactly("1 0123456789", "2 0123456789", "3 0123456789");
    }

    @Test
    void aLongerLineIsReportedAndTheNextOneIsRead() throws IOException {
        List<String> lines = read("0123456789x\nok\n" + "y".repeat(500_000) + "\nend", 10, 8192);

        assertThat(lines).containsExactly("1 too long, 012", "2 ok", "3 too long, yyy", "4 end");
    }

    @Test
    void readsTheSameFromAStreamThatGivesOneByteAtATime() throws IOException {
        List<String> lines = read("a\r\n\n太阳\n0123456789x\nb", 10, 1);

        assertThat(lines).containsExactly("1 a", "2 ", "3 太阳", "4 too long, 012", "5 b");
    }

    @Test
    void aByteOrderMarkAtTheStartIsNoContent() throws IOException {
        List<String> lines = read("\uFEFFa\n\uFEFFb", 10, 8192);

        assertThat(lines).containsExactly("1 a", "2 \uFEFFb");
    }

    private static List<String> read(String text, int maxLine, int chunk) throws IOException {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(chunk, length));
            }
        };
        LineReader reader = new LineReader(in, maxLine, Position.START);
        List<String> lines = new ArrayList<>();
        for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
            lines.add(
                    switch (line.get()) {
                        case Line.Content(long number, byte[] bytes) ->
                            number + " " + new String(bytes, StandardCharsets.UTF_8);
                        case Line.TooLong(long number, byte[] head) ->
                            number + " too long, " + new String(head, 0, 3, StandardCharsets.UTF_8);
                    });
        }
        return lines;
    }
}
