package io.minigpt.evaluation;

/**
 * The F1 of the characters that answer and reference share, whatever their order (Rajpurkar et al., "SQuAD", 2016,
 * section 6.1, over characters in place of words), each counted as often as it occurs in both. 0 if either is empty.
 */
public final class CharacterF1 implements ReferenceMetric {

    @Override
    public String name() {
        return "character_f1";
    }

    @Override
    public double score(String answer, String reference) {
        int[] a = Characters.of(answer);
        int[] b = Characters.of(reference);
        if (a.length == 0 || b.length == 0) {
            return 0;
        }
        int common = Characters.overlap(Characters.grams(a, 1), Characters.grams(b, 1));
        return 2.0 * common / (a.length + b.length);
    }
}
