package io.minigpt.corpus;

import java.util.ArrayList;
import java.util.List;

/** Accepts everything and remembers the batches. */
final class MemoryLedger implements CorpusLedger {

    final List<List<? extends Candidate>> batches = new ArrayList<>();
    ImportReport finished;

    @Override
    public Admitted admitDocuments(CorpusName corpus, List<Document> batch) {
        batches.add(batch);
        return new Admitted(batch.size(), 0);
    }

    @Override
    public Admitted admitQuestions(CorpusName corpus, List<Question> batch) {
        batches.add(batch);
        return new Admitted(batch.size(), 0);
    }

    @Override
    public long finish(ImportReport report) {
        finished = report;
        return batches.stream().mapToInt(List::size).sum();
    }
}
