package io.minigpt.evaluation;

/** How well an answer agrees with the reference: 0 to 1, more is better. */
public interface ReferenceMetric {

    /** Its name in answers and events, such as {@code rouge_l}. */
    String name();

    /** The score of one answer. */
    double score(String answer, String reference);
}
