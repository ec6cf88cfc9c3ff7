package io.minigpt.platform.events;

import com.google.protobuf.Message;
import org.jdbi.v3.core.Handle;

/**
 * What a service does on one type of event. Implementations are beans; the platform finds them by their type.
 *
 * <p>The handler changes the service's database and nothing else, in the transaction that it is given; it may run again
 * for the same event unless that is a command. It does no long work: that is a job.
 */
public interface EventHandler<M extends Message> {

    /** The message it handles. */
    Class<M> type();

    /**
     * Applies the event.
     *
     * @throws RefusedEventException if the event can never be applied
     */
    void handle(Handle transaction, Event<M> event);
}
