package io.minigpt.teacher;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Set;

/** How much of an answer comes from a passage. */
public final class Grounding {

    private Grounding() {}

    /**
     * The share of the answer's character bigrams that occur in the passage, from 0 to 1; letters and digits only, case
     * ignored. An answer of one character is looked up as it is.
     */
    public static double of(String answer, String passage) {
        int[] letters = letters(answer);
        int[] source = letters(passage);
        if (letters.length == 0) {
            return 0;
        }
        int size = Math.min(2, letters.length);
        Set<Long> known = new HashSet<>();
        for (int i = 0; i + size <= source.length; i++) {
            known.add(gram(source, i, size));
        }
        int found = 0;
        int grams = letters.length - size + 1;
        for (int i = 0; i < grams; i++) {
            if (known.contains(gram(letters, i, size))) {
                found++;
            }
        }
        return (double) found / grams;
    }

    /** Whether one text contains the other when only letters and digits are looked at. */
    static boolean contains(String text, String part) {
        String letters = asString(part);
        return !letters.isEmpty() && asString(text).contains(letters);
    }

    private static long gram(int[] letters, int at, int size) {
        return size == 1 ? letters[at] : ((long) letters[at] << Integer.SIZE) | letters[at + 1];
    }

    private static String asString(String text) {
        int[] letters = letters(text);
        return new String(letters, 0, letters.length);
    }

    private static int[] letters(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .map(Character::toLowerCase)
                .toArray();
    }
}
