package io.minigpt.tokenization;

import io.minigpt.proto.event.v1.StreamRevision;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The record table of one corpus at one moment: whatever is read from it belongs together. */
public interface RecordSnapshot {

    /** Active documents in any order. */
    List<DocumentCandidate> documents();

    /** Active pairs in any order. */
    List<PairCandidate> pairs();

    /** What these records say, by id. @throws IllegalStateException if one of them does not exist */
    Map<String, RecordContent> contents(Collection<String> ids);

    /** The streams that a dataset for this purpose is made from, up to the last number before the first gap. */
    List<StreamRevision> inputs(Purpose purpose);
}
