package io.minigpt.tokenization;

import java.util.List;

/** Which documents of a corpus a regeneration looks at. */
public sealed interface DocumentChoice {

    /** These. */
    record Named(List<String> ids) implements DocumentChoice {
        public Named {
            ids = List.copyOf(ids);
        }
    }

    /** Those of which something was said after this number of the corpus's stream. */
    record ChangedSince(long revision) implements DocumentChoice {}

    /** Every one. */
    record All() implements DocumentChoice {}
}
