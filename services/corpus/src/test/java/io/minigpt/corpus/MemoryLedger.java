package io.minigpt.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Accepts everything and remembers the batches. */
final class MemoryLedger implements ImportLedger {

    final List<Batch<? extends Candidate>> batches = new ArrayList<>();
    Optional<String> brokenOff = Optional.empty();
    boolean ended;

    @Override
    public void begin(ImportOrder order) {}

    @Override
    public void storeDocuments(ImportOrder order, Batch<Document> batch) {
        batches.add(batch);
    }

    @Override
    public void storeQuestions(ImportOrder order, Batch<Question> batch) {
        batches.add(batch);
    }

    @Override
    public void end(ImportOrder order, Optional<String> why) {
        brokenOff = why;
        ended = true;
    }

    List<Candidate> candidates() {
        List<Candidate> all = new ArrayList<>();
        batches.forEach(batch -> all.addAll(batch.candidates()));
        return all;
    }

    List<Document> documents() {
        return candidates().stream().map(Document.class::cast).toList();
    }

    List<Rejection> rejections() {
        return batches.stream().flatMap(batch -> batch.rejections().stream()).toList();
    }

    long skipped() {
        return batches.stream().mapToLong(Batch::skipped).sum();
    }
}
