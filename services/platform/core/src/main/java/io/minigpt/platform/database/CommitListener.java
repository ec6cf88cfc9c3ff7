package io.minigpt.platform.database;

/** Told after every commit of this replica, so that queues are looked at without waiting for the next poll. */
public interface CommitListener {

    /** Called on the committing thread; must not block. */
    void committed();
}
