package io.minigpt.teacher.run;

import org.jdbi.v3.core.Handle;

/**
 * Lets one transaction at a time change the subjects and results of a corpus, so that no result becomes active while
 * its subject changes. Whoever locks a run as well does that first.
 */
public final class CorpusLock {

    private CorpusLock() {}

    /** Takes the lock until the transaction ends. */
    public static void take(Handle transaction, String corpus) {
        transaction
                .createQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:corpus, 0))")
                .bind("corpus", corpus)
                .mapTo(Integer.class)
                .one();
    }
}
