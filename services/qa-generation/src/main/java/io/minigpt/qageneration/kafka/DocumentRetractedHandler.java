package io.minigpt.qageneration.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.platform.events.RefusedEventException;
import io.minigpt.proto.corpus.v1.DocumentRetracted;
import io.minigpt.qageneration.store.DocumentStore;
import io.minigpt.teacher.run.Cause;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Retracts what was made from a retracted document. */
@ApplicationScoped
class DocumentRetractedHandler implements EventHandler<DocumentRetracted> {

    private final DocumentStore documents;

    DocumentRetractedHandler(DocumentStore documents) {
        this.documents = documents;
    }

    @Override
    public Class<DocumentRetracted> type() {
        return DocumentRetracted.class;
    }

    @Override
    public void handle(Handle transaction, Event<DocumentRetracted> event) {
        DocumentRetracted fact = event.data();
        if (fact.getDocumentId().isEmpty() || fact.getCorpus().isEmpty() || !fact.hasPosition()) {
            throw new RefusedEventException("document_id, corpus or position is missing");
        }
        documents.retracted(transaction, fact, Cause.of(event));
    }
}
