package io.minigpt.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * The training records nearest to a question and the model's answer.
 *
 * @param records the most similar first; none if none is similar, or they are missing
 * @param missing why they could not be had; empty if they were, or nobody asked for them
 */
public record NearestRecords(List<NearRecord> records, Optional<String> missing) {

    public NearestRecords {
        records = List.copyOf(records);
    }

    /** Those that were found. */
    public static NearestRecords of(List<NearRecord> records) {
        return new NearestRecords(records, Optional.empty());
    }

    /** Of an answer for which nobody asks. */
    public static NearestRecords none() {
        return of(List.of());
    }

    /** They could not be had. */
    public static NearestRecords missing(String reason) {
        return new NearestRecords(List.of(), Optional.of(reason));
    }
}
