package io.minigpt.inference;

/** What a person said of two answers. */
public enum BattleVote {
    /** The first is better. */
    A,
    /** The second is better. */
    B,
    /** Both are as good. */
    TIE,
    /** Neither is good. */
    BOTH_BAD
}
