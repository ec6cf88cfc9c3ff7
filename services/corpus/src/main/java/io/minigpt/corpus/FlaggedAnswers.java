package io.minigpt.corpus;

/** Keeps flagged answers and what was decided about them. */
public interface FlaggedAnswers {

    /** One of them. @throws io.minigpt.platform.NotFoundException if there is none */
    FlaggedAnswer get(String flagId);

    /** Keeps what was decided about one that is open; of another nothing changes. */
    void decide(String flagId, FlaggedAnswer.Decision decision);
}
