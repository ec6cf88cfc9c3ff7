package io.minigpt.evaluation;

/**
 * The share of letters that are of the script Han (Unicode Standard Annex 24). Digits, punctuation and white space are
 * no letters and count neither way; 0 for a text without letters.
 */
public final class ChineseCharacters implements TextMetric {

    @Override
    public String name() {
        return "chinese_characters";
    }

    @Override
    public double score(String text) {
        return text.codePoints()
                .filter(Character::isLetter)
                .mapToDouble(letter -> Character.UnicodeScript.of(letter) == Character.UnicodeScript.HAN ? 1 : 0)
                .average()
                .orElse(0);
    }
}
