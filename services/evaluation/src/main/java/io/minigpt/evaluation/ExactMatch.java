package io.minigpt.evaluation;

import java.text.Normalizer;

/**
 * 1 if the answer equals the reference after normalization to NFC and without white space around it, else 0 (Rajpurkar
 * et al., "SQuAD", 2016, section 6.1, without its removal of English articles and punctuation).
 */
public final class ExactMatch implements ReferenceMetric {

    @Override
    public String name() {
        return "exact_match";
    }

    @Override
    public double score(String answer, String reference) {
        return normal(answer).equals(normal(reference)) ? 1 : 0;
    }

    private static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    }
}
