package io.minigpt.tokenization.store;

import org.jdbi.v3.core.Handle;

/**
 * Keeps erasures and seals apart: a version is sealed either before an erasure, which finds it then, or after it, and
 * then the seal finds what was erased. Locks are held until the transaction ends.
 */
public final class ErasureLock {

    /** Any number that nothing else in the database locks. */
    private static final long KEY = 0x65726173L;

    private ErasureLock() {}

    /** For whoever erases. */
    public static void exclusive(Handle transaction) {
        lock(transaction, "pg_advisory_xact_lock");
    }

    /** For whoever seals. */
    public static void shared(Handle transaction) {
        lock(transaction, "pg_advisory_xact_lock_shared");
    }

    private static void lock(Handle transaction, String function) {
        transaction
                .createQuery("select 1 from " + function + "(:key)")
                .bind("key", KEY)
                .mapTo(Integer.class)
                .one();
    }
}
