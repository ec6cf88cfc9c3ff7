package io.minigpt.corpus;

/** Takes back what a corpus holds, so that a change and its publication are one. */
public interface Retractions {

    /**
     * Takes an entry back, publishes that, and admits the next entry with the same content, if there is one. One that is
     * retracted already can still be erased.
     *
     * @throws io.minigpt.platform.NotFoundException if the corpus has no such entry
     */
    Retraction retract(CorpusName corpus, Kind kind, String id, Withdrawal withdrawal);
}
