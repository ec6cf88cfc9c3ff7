package io.minigpt.orchestrator;

import java.util.OptionalLong;

/** The corpora that have been imported. */
public interface Corpora {

    /** The latest revision of a corpus, if it is known. */
    OptionalLong revision(String corpus);
}
