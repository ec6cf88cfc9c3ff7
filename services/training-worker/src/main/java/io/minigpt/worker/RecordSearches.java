package io.minigpt.worker;

import io.minigpt.proto.dataset.v1.DatasetVersion;

/** Where training records are found. */
public interface RecordSearches {

    /** A search for one evaluation; it finds nothing in a version that has no pairs. */
    RecordSearch in(DatasetVersion dataset);
}
