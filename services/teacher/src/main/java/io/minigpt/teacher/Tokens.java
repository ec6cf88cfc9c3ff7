package io.minigpt.teacher;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tokens of a text that carry its facts and must survive every rewording: numbers and names. */
final class Tokens {

    // possessive, so that a text of nothing but numbers takes no stack
    private static final Pattern NUMBER = Pattern.compile("[0-9０-９]++(?:[.．,，][0-9０-９]++)*+");
    private static final Pattern CHINESE_NUMBER = Pattern.compile("[〇零一二三四五六七八九十百千万亿两]{2,}");
    private static final Pattern TITLE = Pattern.compile("《[^《》]+》|「[^「」]+」|“[^“”]+”");
    private static final Pattern LATIN = Pattern.compile("\\p{IsLatin}{2,}");

    private Tokens() {}

    /** Numbers in digits, without grouping commas and in half-width. */
    static List<String> numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(Tokens::halfWidth)
                .toList();
    }

    /** Numbers of at least two Chinese numerals; one alone is often no number (一般, 统一). */
    static List<String> chineseNumbers(String text) {
        return CHINESE_NUMBER.matcher(text).results().map(MatchResult::group).toList();
    }

    /** Titles in 《》, names in quotes, and words in Latin letters (in lower case). */
    static List<String> names(String text) {
        return Stream.concat(TITLE.matcher(text).results(), LATIN.matcher(text).results())
                .map(MatchResult::group)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Whether two texts have the same numbers, in any order. */
    static boolean sameNumbers(String left, String right) {
        return sorted(numbers(left)).equals(sorted(numbers(right)))
                && sorted(chineseNumbers(left)).equals(sorted(chineseNumbers(right)));
    }

    /** Whether two texts have the same names, in any order. */
    static boolean sameNames(String left, String right) {
        return sorted(names(left)).equals(sorted(names(right)));
    }

    private static List<String> sorted(List<String> tokens) {
        return tokens.stream().sorted().toList();
    }

    private static String halfWidth(String number) {
        StringBuilder digits = new StringBuilder();
        for (char c : number.toCharArray()) {
            if (c >= '０' && c <= '９') {
                digits.append((char) (c - '０' + '0'));
            } else if (c == '.' || c == '．') {
                digits.append('.');
            } else if (c != ',' && c != '，') {
                digits.append(c);
            }
        }
        return digits.toString();
    }
}
