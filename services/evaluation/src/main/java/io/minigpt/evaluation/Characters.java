package io.minigpt.evaluation;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The characters that metrics compare: code points after normalization to NFC, without white space. */
final class Characters {

    private Characters() {}

    static int[] of(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .filter(character -> !isSpace(character))
                .toArray();
    }

    static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** How often each sequence of so many characters occurs. */
    static Map<List<Integer>, Integer> grams(int[] characters, int length) {
        Map<List<Integer>, Integer> counts = new HashMap<>();
        for (int from = 0; from + length <= characters.length; from++) {
            List<Integer> gram =
                    Arrays.stream(characters, from, from + length).boxed().toList();
            counts.merge(gram, 1, Integer::sum);
        }
        return counts;
    }

    /** How many characters or sequences two texts share, each counted as often as in the one with fewer. */
    static int overlap(Map<List<Integer>, Integer> first, Map<List<Integer>, Integer> second) {
        return first.entrySet().stream()
                .mapToInt(gram -> Math.min(gram.getValue(), second.getOrDefault(gram.getKey(), 0)))
                .sum();
    }
}
