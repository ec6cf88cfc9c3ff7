package io.minigpt.evaluation;

/**
 * ROUGE-L over characters: the F1 of the longest common subsequence (Lin, "ROUGE: A Package for Automatic Evaluation of
 * Summaries", 2004, section 3.1, with beta 1), of code points after normalization to NFC and without white space. An
 * empty answer scores 0; a set's score is the mean over its items.
 */
public final class RougeL implements ReferenceMetric {

    @Override
    public String name() {
        return "rouge_l";
    }

    @Override
    public double score(String answer, String reference) {
        int[] a = Characters.of(answer);
        int[] b = Characters.of(reference);
        if (a.length == 0 || b.length == 0) {
            return 0;
        }
        return 2.0 * longestCommonSubsequence(a, b) / (a.length + b.length);
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
