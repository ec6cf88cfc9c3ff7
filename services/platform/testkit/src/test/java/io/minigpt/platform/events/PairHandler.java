package io.minigpt.platform.events;

import io.minigpt.proto.generation.v1.PairGenerated;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Applies a fact as every service does: only if its revision is higher. */
@ApplicationScoped
class PairHandler implements EventHandler<PairGenerated> {

    static final String POISON = "poison";

    @Override
    public Class<PairGenerated> type() {
        return PairGenerated.class;
    }

    @Override
    public void handle(Handle transaction, Event<PairGenerated> event) {
        PairGenerated pair = event.data();
        if (pair.getQuestion().equals(POISON)) {
            throw new IllegalStateException("cannot be applied");
        }
        transaction
                .createUpdate("""
                        insert into pair (id, revision, question) values (:id, :revision, :question)
                        on conflict (id) do update set revision = excluded.revision, question = excluded.question
                        where excluded.revision > pair.revision
                        """)
                .bind("id", pair.getPairId())
                .bind("revision", pair.getPosition().getRevision())
                .bind("question", pair.getQuestion())
                .execute();
    }
}
