package io.minigpt.corpus;

import java.util.Set;

/** What the object of a line means. */
sealed interface LineFormat<C extends Candidate> permits DocumentFormat, QuestionFormat {

    /** Names of the fields that it knows; the others are metadata. */
    Set<String> fields();

    /** The candidate that a line describes. */
    C read(CorpusName corpus, Fields line) throws RefusedLineException;
}
