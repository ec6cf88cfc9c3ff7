package io.minigpt.evaluation;

/** A property of a generated text that needs no reference: 0 to 1. */
public interface TextMetric {

    /** Its name in answers and events, such as {@code repetition}. */
    String name();

    /** The score of one text, as the model generated it. */
    double score(String text);
}
