package io.minigpt.teacher.run;

/**
 * How the job of a subject ended.
 *
 * @param <C> what a subject says
 * @param <F> what the replies about a subject hold
 */
sealed interface Outcome<C, F> {

    /** Its teacher was asked about what it said. */
    record Asked<C, F>(C content, F findings) implements Outcome<C, F> {}

    /** It was given up. */
    record GivenUp<C, F>(String reason) implements Outcome<C, F> {}

    /** There was nothing to ask: it was gone, or had all its results. */
    record NothingToAsk<C, F>() implements Outcome<C, F> {}
}
