package io.minigpt.inference;

import java.util.concurrent.atomic.AtomicBoolean;

/** Texts that an account was allowed to begin; thread-safe. */
public final class Admission {

    private final Account account;
    private final int texts;
    private final AtomicBoolean ended = new AtomicBoolean();

    Admission(Account account, int texts) {
        this.account = account;
        this.texts = texts;
    }

    /** Whose they are. */
    public Account account() {
        return account;
    }

    /** Gives back reserved tokens that were not needed. */
    public void putBack(long unused) {
        account.putBack(unused);
    }

    /** The texts are no longer generated, or nobody waits for them any more; only the first call counts. */
    public void end() {
        if (ended.compareAndSet(false, true)) {
            account.leave(texts);
        }
    }
}
