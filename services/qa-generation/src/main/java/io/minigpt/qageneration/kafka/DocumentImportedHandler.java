package io.minigpt.qageneration.kafka;

import io.minigpt.platform.events.Event;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.platform.events.RefusedEventException;
import io.minigpt.proto.corpus.v1.DocumentImported;
import io.minigpt.qageneration.store.DocumentStore;
import io.minigpt.teacher.run.Cause;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Keeps the documents of all corpora. */
@ApplicationScoped
class DocumentImportedHandler implements EventHandler<DocumentImported> {

    private final DocumentStore documents;

    DocumentImportedHandler(DocumentStore documents) {
        this.documents = documents;
    }

    @Override
    public Class<DocumentImported> type() {
        return DocumentImported.class;
    }

    @Override
    public void handle(Handle transaction, Event<DocumentImported> event) {
        DocumentImported fact = event.data();
        if (fact.getDocumentId().isEmpty() || fact.getCorpus().isEmpty() || !fact.hasPosition()) {
            throw new RefusedEventException("document_id, corpus or position is missing");
        }
        if (fact.getText().isBlank() && !fact.hasTextFile()) {
            throw new RefusedEventException("document " + fact.getDocumentId() + " has no text");
        }
        documents.imported(transaction, fact, Cause.of(event));
    }
}
