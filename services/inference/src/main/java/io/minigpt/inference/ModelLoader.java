package io.minigpt.inference;

import java.io.IOException;

/** Brings versions into memory. */
public interface ModelLoader {

    /**
     * Loads a version.
     *
     * @throws IOException if its files cannot be read or are damaged; the message is for people
     */
    LanguageModel load(ServableVersion version) throws IOException;

    /** The memory that a version's weights will take, in bytes; an estimate. */
    long bytes(ServableVersion version);
}
