package io.minigpt.corpus;

/** What one line of an import asks a corpus to hold. */
public sealed interface Candidate permits Document, Question {

    /** Stable id: a function of the corpus and the caller's id, else of the original content. */
    String id();

    /** Function of the original content and the normalisation recipe. */
    String version();

    /** Function of the normalised content; two candidates with the same one are duplicates. */
    String contentHash();
}
