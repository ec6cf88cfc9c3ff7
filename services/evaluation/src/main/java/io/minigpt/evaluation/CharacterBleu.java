package io.minigpt.evaluation;

/**
 * BLEU-4 of one answer over characters: the geometric mean of the modified precisions of 1 to 4 characters in a row,
 * times the brevity penalty (Papineni et al., "BLEU", 2002, section 2.3). For 2 characters and more, one is added to
 * both counts, so that a short answer is not 0 at once (Lin and Och, "ORANGE", 2004, section 4). 0 if either is empty
 * or no character is right; a set's score is the mean over its items.
 */
public final class CharacterBleu implements ReferenceMetric {

    private static final int LONGEST = 4;

    @Override
    public String name() {
        return "bleu_4";
    }

    @Override
    public double score(String answer, String reference) {
        int[] a = Characters.of(answer);
        int[] b = Characters.of(reference);
        double logarithms = 0;
        for (int length = 1; length <= LONGEST; length++) {
            int right = Characters.overlap(Characters.grams(a, length), Characters.grams(b, length));
            int all = Math.max(0, a.length - length + 1);
            int added = length == 1 ? 0 : 1;
            if (right + added == 0) {
                return 0;
            }
            logarithms += Math.log((double) (right + added) / (all + added));
        }
        double brevity = a.length < b.length ? Math.exp(1 - (double) b.length / a.length) : 1;
        return brevity * Math.exp(logarithms / LONGEST);
    }
}
