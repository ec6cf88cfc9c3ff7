package io.minigpt.teacher.run;

/**
 * What became of a subject in a run.
 *
 * @param state how it ended
 * @param reason why nothing more came of it; null if all is well
 * @param results results of the run's prompt and teacher that are active now
 * @param generated facts published about results that became active
 * @param retracted facts published about results that are no longer active
 */
public record Ending(State state, String reason, int results, int generated, int retracted) {

    /** How a subject ended. */
    public enum State {
        /** Its results were there. */
        REUSED,
        /** It was asked about to the end. */
        DONE,
        /** It was retracted or says something else now. */
        GONE,
        /** It was given up. */
        FAILED
    }

    static Ending without(State state, String reason) {
        return new Ending(state, reason, 0, 0, 0);
    }
}
