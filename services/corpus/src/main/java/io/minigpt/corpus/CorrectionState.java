package io.minigpt.corpus;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a person decided about a flagged answer. */
public enum CorrectionState {
    /** Nothing yet. */
    @JsonProperty("open")
    OPEN,
    /** A corrected pair of it is in a corpus. */
    @JsonProperty("accepted")
    ACCEPTED,
    /** It is no pair to learn. */
    @JsonProperty("refused")
    REFUSED
}
