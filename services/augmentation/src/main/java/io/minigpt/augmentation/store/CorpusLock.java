package io.minigpt.augmentation.store;

import org.jdbi.v3.core.Handle;

/**
 * Lets one transaction at a time change the questions and variants of a corpus, so that no variant becomes active while
 * its question changes. Whoever locks a run as well does that first.
 */
final class CorpusLock {

    private CorpusLock() {}

    /** Takes the lock until the transaction ends. */
    static void take(Handle transaction, String corpus) {
        transaction
                .createQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:corpus, 0))")
                .bind("corpus", corpus)
                .mapTo(Integer.class)
                .one();
    }
}
