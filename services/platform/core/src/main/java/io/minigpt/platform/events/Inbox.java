package io.minigpt.platform.events;

import org.jdbi.v3.core.Handle;

/** Remembers commands whose effect is done. */
final class Inbox {

    private Inbox() {}

    /** Notes the command in the transaction of its effect. @return false if it was noted before */
    static boolean first(Handle transaction, String eventId) {
        return transaction
                        .createUpdate("insert into inbox (event_id) values (:id) on conflict do nothing")
                        .bind("id", eventId)
                        .execute()
                == 1;
    }
}
