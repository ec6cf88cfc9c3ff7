package io.minigpt.teacher.extractive;

/**
 * A pair that a rule proposes.
 *
 * @param kind what is asked for: two drafts of one kind about one subject are the same question in other words
 * @param question ends in its only question mark
 * @param answer ends in a full stop
 * @param score how good pairs of this rule are on average; the better one wins
 * @param sentence number of the sentence that it comes from
 */
record Draft(String kind, String question, String answer, int score, int sentence) {}
