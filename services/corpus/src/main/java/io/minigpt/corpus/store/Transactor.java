package io.minigpt.corpus.store;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Runs work in a transaction: any, or one in which a lease holds. */
@FunctionalInterface
public interface Transactor {

    /** Runs the work in one transaction and returns its result. */
    <T> T transact(Function<Handle, T> work);
}
