package io.minigpt.tokenization;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.event.v1.StreamRevision;
import java.util.List;

/** The record table of one corpus at one moment: whatever is read from it belongs together. */
public interface RecordSnapshot {

    /** Active documents in any order. */
    List<DocumentCandidate> documents();

    /** Active pairs in any order. */
    List<PairCandidate> pairs();

    /**
     * The questions of imported evaluation sets in any order.
     *
     * @throws InvalidRequestException if one of the sets has none
     */
    List<ImportedItem> imported(List<String> sets);

    /**
     * What the first of these records say, in the order of the ids: at least one, and as many as fit into some MiB.
     *
     * @throws IllegalStateException if one of them does not exist
     */
    List<RecordContent> contents(List<String> ids);

    /** The streams that a dataset for this purpose is made from, up to the last number before the first gap. */
    List<StreamRevision> inputs(Purpose purpose);
}
