package io.minigpt.corpus.kafka;

import io.minigpt.corpus.FlaggedAnswer;
import io.minigpt.corpus.store.CorrectionStore;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.platform.events.RefusedEventException;
import io.minigpt.proto.inference.v1.AnswerFlagged;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Keeps flagged answers as candidates for corrections. */
@ApplicationScoped
class AnswerFlaggedHandler implements EventHandler<AnswerFlagged> {

    private final CorrectionStore corrections;

    AnswerFlaggedHandler(CorrectionStore corrections) {
        this.corrections = corrections;
    }

    @Override
    public Class<AnswerFlagged> type() {
        return AnswerFlagged.class;
    }

    @Override
    public void handle(Handle transaction, Event<AnswerFlagged> event) {
        AnswerFlagged flag = event.data();
        if (flag.getFlagId().isEmpty()) {
            throw new RefusedEventException("flag_id is empty");
        }
        Instant flaggedAt = flag.hasFlaggedAt()
                ? Instant.ofEpochSecond(
                        flag.getFlaggedAt().getSeconds(), flag.getFlaggedAt().getNanos())
                : event.time();
        corrections.add(
                transaction,
                FlaggedAnswer.open(
                        flag.getFlagId(),
                        flag.getModel(),
                        flag.getVersion(),
                        flag.getPrompt(),
                        flag.getAnswer(),
                        flag.getTemperature(),
                        flag.getReason(),
                        flaggedAt));
    }
}
