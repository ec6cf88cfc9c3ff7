package io.minigpt.corpus;

import java.util.List;

/** What a corpus holds, kept so that a change and its publication are one. */
public interface CorpusLedger {

    /** Takes candidates into the corpus, in their order, in one transaction. */
    Admitted admitDocuments(CorpusName corpus, List<Document> batch);

    /** As {@link #admitDocuments}, for questions. */
    Admitted admitQuestions(CorpusName corpus, List<Question> batch);

    /**
     * Takes an entry back, publishes that, and admits the next entry with the same content, if there is one.
     *
     * @throws io.minigpt.platform.NotFoundException if the corpus has no such entry
     */
    Retraction retract(CorpusName corpus, Kind kind, String id, String reason);

    /** Notes that an import ended and publishes it. @return revision of the corpus */
    long finish(ImportReport report);
}
