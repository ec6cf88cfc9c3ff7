package io.minigpt.corpus;

/** What one line of an import asks a corpus to hold. */
public sealed interface Candidate permits Document, Question {

    /** Stable id: a function of the corpus and the caller's id, else of the original content. */
    String id();

    /** Its normalised content as one text. */
    String text();

    /** What its content is compared by. */
    Fingerprint fingerprint();

    /** Version of the content. */
    default String version() {
        return fingerprint().version();
    }

    /** Hash of the normalised content. */
    default String contentHash() {
        return fingerprint().contentHash();
    }
}
