package io.minigpt.worker;

import io.minigpt.evaluation.NearestRecords;

/** Finds the training records that an answer resembles, for one evaluation. */
@FunctionalInterface
public interface RecordSearch {

    /** Finds nothing. */
    RecordSearch NONE = (question, answer) -> NearestRecords.none();

    /** The records nearest to a question and its answer; if they cannot be had, it says so and the evaluation goes on. */
    NearestRecords nearest(String question, String answer);
}
