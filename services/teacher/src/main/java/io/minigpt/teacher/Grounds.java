package io.minigpt.teacher;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What answers may be taken from, read once for all answers that are compared with it. */
public final class Grounds {

    private final String text;
    private final String lowerCase;
    private final String plainDots;
    private final Set<String> numbers;
    private final int[] letters;
    private final Set<Long> bigrams;

    private Grounds(String text) {
        this.text = text;
        this.lowerCase = text.toLowerCase(Locale.ROOT);
        this.plainDots = PersonNames.withPlainDots(text);
        this.numbers = new HashSet<>(Tokens.numbers(text));
        this.letters = letters(text);
        this.bigrams = new HashSet<>();
        for (int i = 0; i + 1 < letters.length; i++) {
            bigrams.add(bigram(letters, i));
        }
    }

    /** @param text the passage, with the document's title in front where it has one */
    public static Grounds of(String text) {
        return new Grounds(text);
    }

    /**
     * The share of the answer's character bigrams that occur in the text, from 0 to 1; letters and digits only, case
     * ignored. An answer of one character is looked up as it is.
     */
    public double share(String answer) {
        int[] asked = letters(answer);
        if (asked.length < 2) {
            return asked.length == 1 && Arrays.stream(letters).anyMatch(letter -> letter == asked[0]) ? 1 : 0;
        }
        int found = 0;
        for (int i = 0; i + 1 < asked.length; i++) {
            if (bigrams.contains(bigram(asked, i))) {
                found++;
            }
        }
        return (double) found / (asked.length - 1);
    }

    /** The first number of an answer that is not in the text. */
    Optional<String> unknownNumber(String answer) {
        return Stream.concat(
                        Tokens.numbers(answer).stream().filter(number -> !numbers.contains(number)),
                        Tokens.chineseNumbers(answer).stream().filter(number -> !text.contains(number)))
                .findFirst();
    }

    /** The first name in an answer that is not in the text. */
    Optional<String> unknownName(String answer) {
        return Stream.concat(
                        // quotes differ between a text and a reply; what stands in them must not
                        Tokens.names(answer).stream()
                                .filter(name -> !lowerCase.contains(name.replaceAll("^[《「“]|[》」”]$", ""))),
                        PersonNames.in(answer).stream().filter(name -> !plainDots.contains(name)))
                .findFirst();
    }

    /** Whether one text contains the other when only letters and digits are looked at. */
    static boolean contains(String text, String part) {
        String letters = asString(part);
        return !letters.isEmpty() && asString(text).contains(letters);
    }

    private static long bigram(int[] letters, int at) {
        return ((long) letters[at] << Integer.SIZE) | letters[at + 1];
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
