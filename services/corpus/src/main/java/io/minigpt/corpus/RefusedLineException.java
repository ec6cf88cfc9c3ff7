package io.minigpt.corpus;

/** A line of an import cannot be taken; the message says why, for the person who sent it. */
final class RefusedLineException extends Exception {

    RefusedLineException(String reason) {
        super(reason, null, false, false);
    }
}
