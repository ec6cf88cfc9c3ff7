package io.minigpt.teacher;

/** What both kinds of request check. */
final class Requests {

    private Requests() {}

    static void checkCounts(int wanted, int attempt) {
        if (wanted < 1) {
            throw new IllegalArgumentException("wanted must be at least 1, but is " + wanted);
        }
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt is counted from 1, but is " + attempt);
        }
    }
}
