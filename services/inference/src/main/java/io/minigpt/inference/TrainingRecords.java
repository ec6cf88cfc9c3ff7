package io.minigpt.inference;

import java.io.IOException;
import java.util.List;

/** The records of dataset versions. */
public interface TrainingRecords {

    /**
     * The records that resemble a question and its answer, the most similar first.
     *
     * @throws IOException if they cannot be had; the message says why, for people
     */
    List<NearRecord> nearest(TrainingData data, String question, String answer)
            throws IOException, InterruptedException;
}
