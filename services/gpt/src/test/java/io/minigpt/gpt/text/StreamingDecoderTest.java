package io.minigpt.gpt.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StreamingDecoderTest {
    private static final int SEQUENCES = 100_000;

    private final Tokenizer tokenizer = Tokenizer.gpt2();

    @Test
    void thePiecesAreTheWholeTextForAnyTokens() throws CharacterCodingException {
        SplittableRandom random = new SplittableRandom(2);
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            StreamingDecoder decoder = new StreamingDecoder();
            StringBuilder pieces = new StringBuilder();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int i = 0; i < 8; i++) {
                // the first 256 ids are single bytes
                int id = random.nextInt(random.nextBoolean() ? 256 : Tokenizer.SIZE);
                String piece = decoder.accept(id);
                assertThat(piece).doesNotContain("\ufffd");
                pieces.append(piece);
                bytes.writeBytes(tokenizer.bytes(id));
            }

            String whole = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.IGNORE)
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            assertThat(pieces.toString()).isEqualTo(whole.replace("\ufffd", ""));
        }
    }

    @Test
    void waitsForTheRestOfACharacter() {
        StreamingDecoder decoder = new StreamingDecoder();
        int[] ids = tokenizer.encode("国a");

        assertThat(decoder.accept(ids[0])).isEmpty();
        assertThat(decoder.accept(ids[1])).isEqualTo("国");
        assertThat(decoder.accept(ids[2])).isEqualTo("a");
    }
}
