package io.minigpt.orchestrator.kafka;

import com.google.protobuf.Message;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** A handler given by its effect, so that those of one topic stand together in one file. */
record Handler<M extends Message>(Class<M> type, BiConsumer<Handle, Event<M>> effect) implements EventHandler<M> {

    @Override
    public void handle(Handle transaction, Event<M> event) {
        effect.accept(transaction, event);
    }
}
