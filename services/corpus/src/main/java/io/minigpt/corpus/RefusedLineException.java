package io.minigpt.corpus;

/** A line of an import cannot be taken; the message says why, for the person who sent it. */
final class RefusedLineException extends Exception {

    private final transient RejectReason reason;

    RefusedLineException(RejectReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    RejectReason reason() {
        return reason;
    }
}
