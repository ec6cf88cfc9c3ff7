package io.minigpt.qageneration;

import java.util.List;
import java.util.Optional;

/**
 * Which documents of its corpus a run takes: those that fit everything that is given.
 *
 * @param first only the first so many in corpus order; 0 for all
 * @param named only these, of which there may be none; empty for all
 * @param sinceRun only what this run did not have, or had with another text; empty for all
 */
public record DocumentChoice(long first, Optional<List<String>> named, String sinceRun) {

    /** All of them. */
    public static final DocumentChoice ALL = new DocumentChoice(0, Optional.empty(), "");

    /** The most documents that a request may name: what fits into one event. */
    public static final int MAX_NAMED = 10_000;

    /** @throws IllegalArgumentException if the number of documents is negative or too many are named */
    public DocumentChoice {
        if (first < 0) {
            throw new IllegalArgumentException("max_documents must not be negative, but is " + first);
        }
        named = named.map(List::copyOf);
        if (named.isPresent() && named.get().size() > MAX_NAMED) {
            throw new IllegalArgumentException(named.get().size() + " documents are named, more than " + MAX_NAMED);
        }
    }

    /** Only this document; all of them with an empty id. */
    public static Optional<List<String>> only(String documentId) {
        return documentId.isEmpty() ? Optional.empty() : Optional.of(List.of(documentId));
    }
}
