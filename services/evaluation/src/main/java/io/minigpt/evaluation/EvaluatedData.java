package io.minigpt.evaluation;

/** What an evaluation asks of a dataset version. */
public enum EvaluatedData {
    /** Texts, to be continued. */
    TEXTS,
    /** Questions. */
    QUESTIONS,
    /** Nothing: there are files of questions only. */
    NOTHING
}
