package io.minigpt.corpus;

/** One line of a body, numbered from 1. */
sealed interface Line {

    /** Its number. */
    long number();

    /** Its bytes without the line end; only the first of them if it is too long. */
    byte[] bytes();

    /** A line as it was sent. */
    record Content(long number, byte[] bytes) implements Line {

        boolean isBlank() {
            for (byte b : bytes) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    /** A line of more bytes than are allowed. */
    record TooLong(long number, byte[] bytes) implements Line {}
}
