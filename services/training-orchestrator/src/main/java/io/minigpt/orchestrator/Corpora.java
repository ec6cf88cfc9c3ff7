package io.minigpt.orchestrator;

import java.util.List;
import java.util.OptionalLong;

/** The corpora that have been imported, and the evaluation sets that they have. */
public interface Corpora {

    /** The latest revision of a corpus, if it is known. */
    OptionalLong revision(String corpus);

    /** Names of the imported evaluation sets of a corpus; none if it is not known. */
    List<String> evaluationSets(String corpus);
}
