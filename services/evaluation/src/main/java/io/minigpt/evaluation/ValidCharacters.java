package io.minigpt.evaluation;

/**
 * The share of code points that can stand in a text: neither U+FFFD, which a decoder puts for malformed UTF-8 (The
 * Unicode Standard, section 3.9), nor a control character other than a line break or a tab, nor one of the categories
 * Cn, Co and Cs (unassigned, private use, surrogate). 1 for an empty text.
 */
public final class ValidCharacters implements TextMetric {

    private static final int REPLACEMENT = 0xFFFD;

    @Override
    public String name() {
        return "valid_characters";
    }

    @Override
    public double score(String text) {
        return text.codePoints()
                .mapToDouble(character -> isValid(character) ? 1 : 0)
                .average()
                .orElse(1);
    }

    private static boolean isValid(int character) {
        return switch (Character.getType(character)) {
            case Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE -> false;
            case Character.CONTROL -> character == '\n' || character == '\r' || character == '\t';
            default -> character != REPLACEMENT;
        };
    }
}
