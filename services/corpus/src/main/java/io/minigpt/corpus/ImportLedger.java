package io.minigpt.corpus;

import java.util.Optional;

/** Takes what an import brings, so that a change, its publication and the progress of the import are one. */
public interface ImportLedger {

    /** Notes that an import begins. */
    void begin(ImportOrder order);

    /** Takes documents into the corpus in their order, and notes what was refused and where the batch ends. */
    void storeDocuments(ImportOrder order, Batch<Document> batch);

    /** As {@link #storeDocuments}, for questions. */
    void storeQuestions(ImportOrder order, Batch<Question> batch);

    /**
     * Notes that an import ended, and publishes it.
     *
     * @param brokenOff why its body could not be read to the end, if it could not
     */
    void end(ImportOrder order, Optional<String> brokenOff);
}
