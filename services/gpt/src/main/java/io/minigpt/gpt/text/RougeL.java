package io.minigpt.gpt.text;

import java.text.Normalizer;

/**
 * ROUGE-L over characters: the F1 of the longest common subsequence (Lin, "ROUGE: A Package for Automatic Evaluation of
 * Summaries", 2004, section 3, with beta 1), of code points after normalization to NFC and without white space.
 */
public final class RougeL {
    private RougeL() {}

    /** 0 to 1; 0 if either text is empty. */
    public static double score(String answer, String reference) {
        int[] a = characters(answer);
        int[] b = characters(reference);
        if (a.length == 0 || b.length == 0) {
            return 0;
        }
        return 2.0 * longestCommonSubsequence(a, b) / (a.length + b.length);
    }

    private static int[] characters(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .filter(character -> !Character.isWhitespace(character) && !Character.isSpaceChar(character))
                .toArray();
    }

    private static int longestCommonSubsequence(int[] a, int[] b) {
        int[] previous = new int[b.length + 1];
        for (int x : a) {
            int[] current = new int[b.length + 1];
            for (int j = 0; j < b.length; j++) {
                current[j + 1] = x == b[j] ? previous[j] + 1 : Math.max(previous[j + 1], current[j]);
            }
            previous = current;
        }
        return previous[b.length];
    }
}
