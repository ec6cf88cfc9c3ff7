package io.minigpt.local;

/** Ends the command. The message is one plain sentence for the person at the terminal. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Exit status of a command that did not reach its aim. */
    public static final int FAILED = 1;

    /** Exit status of a command that did not begin, because something it needs is missing. */
    public static final int NOT_POSSIBLE = 2;

    private final int exitStatus;

    private Refusal(int exitStatus, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitStatus = exitStatus;
    }

    /** The command began and failed. */
    public static Refusal failed(String sentence) {
        return new Refusal(FAILED, sentence, null);
    }

    /** The command began and failed. */
    public static Refusal failed(String sentence, Throwable cause) {
        return new Refusal(FAILED, sentence, cause);
    }

    /** The command cannot begin. */
    public static Refusal notPossible(String sentence) {
        return new Refusal(NOT_POSSIBLE, sentence, null);
    }

    /** Status that the process ends with. */
    public int exitStatus() {
        return exitStatus;
    }
}
