package io.minigpt.corpus;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a text must be like to be taken. A share of 0 or a limit of 1 switches a filter off.
 *
 * @param minCharacters fewest code points
 * @param maxCharacters most code points
 * @param minChinese least share of Chinese characters among letters and digits
 * @param maxRepeatedLines largest share of code points in lines that stood before
 * @param maxRepeatedPhrases largest share of character 10-grams that stood before
 * @param maxBoilerplate largest share of characters in lines with one of the phrases
 * @param phrases what only boilerplate says
 */
record Quality(
        long minCharacters,
        long maxCharacters,
        double minChinese,
        double maxRepeatedLines,
        double maxRepeatedPhrases,
        double maxBoilerplate,
        List<String> phrases) {

    /** Takes every text. */
    static final Quality ANY = new Quality(0, Long.MAX_VALUE, 0, 1, 1, 1, List.of());

    private static final int PHRASE = 10;

    Quality {
        phrases = List.copyOf(phrases);
    }

    static Quality of(CorpusConfig.QualityLimits limits) {
        return new Quality(
                limits.minCharacters(),
                limits.maxCharacters(),
                limits.minChinese(),
                limits.maxRepeatedLines(),
                limits.maxRepeatedPhrases(),
                limits.maxBoilerplate(),
                limits.boilerplatePhrases());
    }

    /** @throws RefusedLineException with the first filter that keeps the text out */
    void check(String text) throws RefusedLineException {
        long characters = text.codePointCount(0, text.length());
        require(characters >= minCharacters, RejectReason.TEXT_TOO_SHORT, "%d characters", characters);
        require(characters <= maxCharacters, RejectReason.TEXT_TOO_LONG, "%d characters", characters);
        if (minChinese > 0) {
            double share = chinese(text);
            require(share >= minChinese, RejectReason.NOT_CHINESE, "a share of %.2f is Chinese", share);
        }
        if (maxRepeatedLines < 1) {
            double share = repeatedLines(text);
            require(share <= maxRepeatedLines, RejectReason.REPEATED_LINES, "lines repeat a share of %.2f", share);
        }
        if (maxRepeatedPhrases < 1) {
            double share = repeatedPhrases(text);
            require(
                    share <= maxRepeatedPhrases,
                    RejectReason.REPEATED_PHRASES,
                    "phrases repeat a share of %.2f",
                    share);
        }
        if (maxBoilerplate < 1) {
            double share = boilerplate(text);
            require(share <= maxBoilerplate, RejectReason.BOILERPLATE, "a share of %.2f is boilerplate", share);
        }
    }

    static double chinese(String text) {
        long letters = text.codePoints().filter(Character::isLetterOrDigit).count();
        long han = text.codePoints()
                .filter(Character::isLetterOrDigit)
                .filter(Character::isIdeographic)
                .count();
        return share(han, letters);
    }

    static double repeatedLines(String text) {
        Set<String> seen = new HashSet<>();
        long repeated = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !seen.add(line))
                .mapToLong(String::length)
                .sum();
        return share(repeated, text.length());
    }

    static double repeatedPhrases(String text) {
        long[] grams = Shingles.hashes(text, PHRASE);
        return share(grams.length - Shingles.distinct(grams).length, grams.length);
    }

    private double boilerplate(String text) {
        long found = text.lines()
                .filter(line -> phrases.stream().anyMatch(line::contains))
                .mapToLong(String::length)
                .sum();
        return share(found, text.length());
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static void require(boolean kept, RejectReason reason, String found, Object value)
            throws RefusedLineException {
        if (!kept) {
            throw new RefusedLineException(reason, "'text' is kept out: " + String.format(found, value));
        }
    }
}
