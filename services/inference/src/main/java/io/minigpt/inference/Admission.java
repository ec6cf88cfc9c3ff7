package io.minigpt.inference;

import java.util.concurrent.atomic.AtomicBoolean;

/** Texts that an account was allowed to begin, with the tokens that are reserved for them; thread-safe. */
public final class Admission {

    private final Account account;
    private final int texts;
    private final long reserved;
    private final AtomicBoolean ended = new AtomicBoolean();

    Admission(Account account, int texts, long reserved) {
        this.account = account;
        this.texts = texts;
        this.reserved = reserved;
    }

    /** Whose they are. */
    public Account account() {
        return account;
    }

    /** Begins the texts; if that fails, they have ended and nothing was used. */
    public <T, X extends Throwable> T begin(ScopedValue.CallableOp<? extends T, X> texts) throws X {
        boolean begun = false;
        try {
            T result = texts.call();
            begun = true;
            return result;
        } finally {
            if (!begun) {
                putBack(reserved);
                end();
            }
        }
    }

    /** All were generated, and came to so many tokens with their prompts. */
    public void used(long tokens) {
        putBack(reserved - tokens);
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
