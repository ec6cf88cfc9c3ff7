package io.minigpt.corpus;

/** One line of a body, numbered from 1. */
sealed interface Line {

    /** Its number. */
    long number();

    /** A line with its bytes, without the line end. */
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

    /** A line of more bytes than are allowed, which were not kept. */
    record TooLong(long number) implements Line {}
}
