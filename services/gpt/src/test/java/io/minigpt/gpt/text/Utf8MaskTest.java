package io.minigpt.gpt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Utf8MaskTest {
    private static final int SEQUENCES = 100_000;

    private final Tokenizer tokenizer = Tokenizer.gpt2();

    @Test
    void whatItAllowsIsAlwaysTheBeginningOfWellFormedText() throws CharacterCodingException {
        SplittableRandom random = new SplittableRandom(1);
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            // Given a random walk through allowed ids that prefers those with bytes beyond ASCII
            Utf8Mask mask = new Utf8Mask();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int i = 0; i < 8; i++) {
                int id = mask.id(random.nextInt(Math.min(mask.count(), random.nextBoolean() ? 300 : 50_000)));
                mask.accept(id);
                bytes.writeBytes(tokenizer.bytes(id));
            }

            // When the character that is under way is ended with bytes that may follow
            for (int missing = 0; missing < 3 && !mask.allows(Tokenizer.END_OF_TEXT); missing++) {
                int id = mask.id(0);
                mask.accept(id);
                bytes.writeBytes(tokenizer.bytes(id));
            }

            // Then a strict decoder takes it all
            assertThat(mask.allows(Tokenizer.END_OF_TEXT)).isTrue();
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes.toByteArray()));
        }
    }

    @Test
    void everyTextsTokensAreAllowed() {
        for (String text : new String[] {"太阳是恒星。", "𠮷 👨‍👩‍👧 é \u07ff \ud7ff \ue000 \uffff", "\udbff\udfff"}) {
            Utf8Mask mask = new Utf8Mask();
            assertThatCode(() -> {
                        for (int id : tokenizer.encode(text)) {
                            mask.accept(id);
                        }
                        mask.accept(Tokenizer.END_OF_TEXT);
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void halfACharacterMayNotEnd() {
        Utf8Mask mask = new Utf8Mask();
        int[] ids = tokenizer.encode("国");
        assertThat(ids).hasSize(2);

        mask.accept(ids[0]);

        assertThat(mask.allows(Tokenizer.END_OF_TEXT)).isFalse();
        assertThat(mask.allows(tokenizer.encode("a")[0])).isFalse();
        assertThat(mask.allows(ids[1])).isTrue();
        assertThatThrownBy(() -> mask.accept(Tokenizer.END_OF_TEXT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theReplacementCharacterIsNotAllowedWhereverItsBytesCome() {
        // Given the tokens of GPT-2's vocabulary that say it
        int[] saying = IntStream.range(0, Tokenizer.END_OF_TEXT)
                .filter(id -> new String(tokenizer.bytes(id), StandardCharsets.UTF_8).contains("\ufffd")
                        && Arrays.equals(
                                new String(tokenizer.bytes(id), StandardCharsets.UTF_8)
                                        .getBytes(StandardCharsets.UTF_8),
                                tokenizer.bytes(id)))
                .toArray();

        // Then none of them may come, and not its last byte after the others
        assertThat(saying).isNotEmpty();
        for (int id : saying) {
            assertThat(new Utf8Mask().allows(id)).as("token %d", id).isFalse();
        }
        assertThat(Utf8State.AFTER_EF.after((byte) 0xbf).after((byte) 0xbd)).isNull();
        assertThat(Utf8State.AFTER_EF.after((byte) 0xbf).after((byte) 0xbf)).isEqualTo(Utf8State.BOUNDARY);
        assertThat(Utf8State.AFTER_EF.after((byte) 0xbe).after((byte) 0xbd)).isEqualTo(Utf8State.BOUNDARY);
    }

    @Test
    void thePaddingOfTheVocabularyIsNeverAllowed() {
        Utf8Mask mask = new Utf8Mask();

        assertThat(mask.allows(50_257)).isFalse();
        assertThat(mask.allows(50_303)).isFalse();
        assertThat(mask.id(mask.count() - 1)).isEqualTo(Tokenizer.END_OF_TEXT);
    }

    @Test
    void whatMayNotComeHasNoLogit() {
        // Given, in the middle of a character
        Utf8Mask mask = new Utf8Mask();
        mask.accept(tokenizer.encode("国")[0]);

        // When
        float[] logits = new float[3 + Tokenizer.SIZE];
        mask.forbid(logits, 3);

        // Then
        for (int id = 0; id < Tokenizer.SIZE; id++) {
            assertThat(logits[3 + id] == 0).as("token %d", id).isEqualTo(mask.allows(id));
        }
        assertThat(logits).startsWith(0, 0, 0);
    }

    @Test
    void theStatesAreThoseOfTheStandard() {
        // Given every lead byte and every byte after it
        for (int first = 0x80; first <= 0xff; first++) {
            for (int second = 0; second <= 0xff; second++) {
                Utf8State state = Utf8State.BOUNDARY.after((byte) first);
                boolean allowed = state != null && state.after((byte) second) != null;

                // Then both are allowed if the right number of continuation bytes makes them a character of Java's
                byte[] bytes = {(byte) first, (byte) second, (byte) 0x80, (byte) 0x80};
                int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
                boolean legal = new String(bytes, 0, length, StandardCharsets.UTF_8)
                                        .codePoints()
                                        .count()
                                == 1
                        && !new String(bytes, 0, length, StandardCharsets.UTF_8).contains("\ufffd");
                assertThat(allowed).as("%02x %02x", first, second).isEqualTo(legal);
            }
        }
    }
}
