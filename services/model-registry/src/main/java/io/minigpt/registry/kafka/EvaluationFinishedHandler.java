package io.minigpt.registry.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.registry.store.Promotions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Notes the figures of an evaluation and decides on the alias that it asks for. */
@ApplicationScoped
class EvaluationFinishedHandler implements EventHandler<EvaluationFinished> {

    private final Promotions promotions;

    EvaluationFinishedHandler(Promotions promotions) {
        this.promotions = promotions;
    }

    @Override
    public Class<EvaluationFinished> type() {
        return EvaluationFinished.class;
    }

    @Override
    public void handle(Handle transaction, Event<EvaluationFinished> event) {
        promotions.evaluated(transaction, event);
    }
}
