package io.minigpt.corpus;

import java.util.List;

/** Takes what is imported into a corpus, so that a change and its publication are one. */
public interface CorpusLedger {

    /** Takes candidates into the corpus, in their order, in one transaction. */
    Admitted admitDocuments(CorpusName corpus, List<Document> batch);

    /** As {@link #admitDocuments}, for questions. */
    Admitted admitQuestions(CorpusName corpus, List<Question> batch);

    /** Notes that an import ended and publishes it. @return revision of the corpus */
    long finish(ImportReport report);
}
