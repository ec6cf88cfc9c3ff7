package io.minigpt.tokenization.files;

import java.util.List;

/** Hears what was written. */
@FunctionalInterface
public interface WriteListener {

    /**
     * Is called after every piece; may throw to stop.
     *
     * @param entries the piece
     * @param done entries so far, these included
     */
    void written(List<WrittenEntry> entries, long done);
}
