package io.minigpt.gpt.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.gpt.text.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class Gpt2VocabularyTest {
    /** The pre-tokenizer of GPT-2's encoder.py. */
    private static final Pattern WORDS = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private static final List<String> PIECES = List.of(
            "the", " of", "Wikipedia", "'ll", " 1984", "  \n", "水", "的化学", "é", "😀", "\t", "\u00a0", "x", "!?", "ß");

    private final Gpt2Vocabulary vocabulary = Gpt2Vocabulary.instance();

    @Test
    void isTheOneOfGpt2sFiles() {
        assertThat(vocabulary.tokens()).hasSize(50_257).doesNotHaveDuplicates().endsWith("<|endoftext|>");
        assertThat(vocabulary.tokens().subList(0, 3)).containsExactly("!", "\"", "#");
        assertThat(vocabulary.tokens().get(198)).isEqualTo("Ċ");
        assertThat(vocabulary.tokens().get(262)).isEqualTo("Ġthe");
        assertThat(vocabulary.merges()).hasSize(50_000).startsWith("Ġ t", "Ġ a", "h e", "i n", "r e", "o n", "Ġt he");
        assertThat(vocabulary.merges()).endsWith("Ġinform ants", "Ġg azed");
    }

    @Test
    void itsMergesGiveTheTokenizersIds() {
        SplittableRandom random = new SplittableRandom(3);
        Bpe bpe = new Bpe(vocabulary);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            for (int piece = 0; piece < 30; piece++) {
                text.append(
                        random.nextInt(4) > 0
                                ? PIECES.get(random.nextInt(PIECES.size()))
                                : Character.toString(0x20 + random.nextInt(0x3000)));
            }

            int[] ids = bpe.encode(text.toString());

            assertThat(ids).as(text.toString()).isEqualTo(Tokenizer.gpt2().encode(text.toString()));
        }
    }

    /** Byte-pair encoding as GPT-2's encoder.py has it, over the exported texts alone. */
    private static final class Bpe {
        private final Map<String, Integer> ids = new HashMap<>();
        private final Map<String, Integer> ranks = new HashMap<>();

        Bpe(Gpt2Vocabulary vocabulary) {
            vocabulary.tokens().forEach(token -> ids.put(token, ids.size()));
            vocabulary.merges().forEach(merge -> ranks.put(merge, ranks.size()));
        }

        int[] encode(String text) {
            List<Integer> encoded = new ArrayList<>();
            Matcher word = WORDS.matcher(text);
            while (word.find()) {
                merge(word.group()).forEach(token -> encoded.add(ids.get(token)));
            }
            return encoded.stream().mapToInt(Integer::intValue).toArray();
        }

        private List<String> merge(String word) {
            List<String> parts = new ArrayList<>(
                    Arrays.asList(visible(word.getBytes(StandardCharsets.UTF_8)).split("")));
            while (true) {
                int best = -1;
                int bestRank = Integer.MAX_VALUE;
                for (int i = 0; i + 1 < parts.size(); i++) {
                    Integer rank = ranks.get(parts.get(i) + " " + parts.get(i + 1));
                    if (rank != null && rank < bestRank) {
                        best = i;
                        bestRank = rank;
                    }
                }
                if (best < 0) {
                    return parts;
                }
                parts.set(best, parts.get(best) + parts.remove(best + 1));
            }
        }

        /** bytes_to_unicode of encoder.py: the bytes that are not printable get the characters from U+0100 on. */
        private static String visible(byte[] bytes) {
            StringBuilder text = new StringBuilder();
            for (byte signed : bytes) {
                int value = Byte.toUnsignedInt(signed);
                if (value <= 0x20) {
                    text.append((char) (0x100 + value));
                } else if (value >= 0x7f && value <= 0xa0) {
                    text.append((char) (0x121 + value - 0x7f));
                } else {
                    text.append(value == 0xad ? '\u0143' : (char) value);
                }
            }
            return text.toString();
        }
    }
}
