package io.minigpt.gpt.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextStreamTest {
    private static final int SEQUENCES = 100_000;

    private final Tokenizer tokenizer = Tokenizer.gpt2();

    @Test
    void thePiecesAreTheWholeDecodingCutByStopStringsAndRepeats() throws CharacterCodingException {
        SplittableRandom random = new SplittableRandom(7);
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            // Given any ids, or few different ones, so that texts repeat themselves and stop strings come
            int[] ids = random.nextBoolean() ? anyIds(random) : fewIds(random);
            List<String> stop = List.of("aa", "国", "b国b").subList(0, random.nextInt(4));
            RepetitionRule rule = RepetitionRule.values()[random.nextInt(3)];
            TextStream stream = new TextStream(stop, rule);

            // When
            List<String> pieces = new ArrayList<>();
            for (int i = 0; i < ids.length && !stream.stopped() && !stream.repeats(); i++) {
                pieces.add(stream.accept(ids[i]));
            }
            pieces.add(stream.finish());

            // Then
            assertThat(pieces).allMatch(TextStreamTest::wellFormed);
            assertThat(String.join("", pieces))
                    .isEqualTo(RepetitionFilter.apply(rule, StopStrings.apply(stop, decoded(ids))));
        }
    }

    @Test
    void tellsWhatEndedTheText() {
        TextStream stopped = new TextStream(List.of("。"), RepetitionRule.SEED);
        TextStream repeated = new TextStream(List.of("。"), RepetitionRule.SEED);

        String first = accept(stopped, "长城。");
        String second = accept(repeated, "长城长城");

        assertThat(first).isEqualTo("长城");
        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.repeats()).isFalse();
        assertThat(second).isEqualTo("长城");
        assertThat(repeated.repeats()).isTrue();
        assertThat(repeated.stopped()).isFalse();
    }

    @Test
    void nothingButAPartialStopStringOrRepeatIsWithheld() {
        TextStream stream = new TextStream(List.of("\n\nQ"), RepetitionRule.SAFE);

        assertThat(accept(stream, "太阳\n")).isEqualTo("太阳");
        assertThat(accept(stream, "\n")).isEmpty();
        assertThat(accept(stream, "月")).isEqualTo("\n\n月");
    }

    private String accept(TextStream stream, String text) {
        StringBuilder passed = new StringBuilder();
        for (int id : tokenizer.encode(text)) {
            passed.append(stream.accept(id));
        }
        return passed.toString();
    }

    private int[] anyIds(SplittableRandom random) {
        // the first 256 ids are single bytes
        return random.ints(12, 0, random.nextBoolean() ? 256 : Tokenizer.SIZE).toArray();
    }

    private int[] fewIds(SplittableRandom random) {
        int[] few = tokenizer.encode("国ab");
        return random.ints(24, 0, few.length).map(i -> few[i]).toArray();
    }

    private String decoded(int[] ids) throws CharacterCodingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int id : ids) {
            bytes.writeBytes(tokenizer.bytes(id));
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.IGNORE)
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString()
                .replace("\ufffd", "");
    }

    private static boolean wellFormed(String piece) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(piece) && !piece.contains("\ufffd");
    }
}
