package io.minigpt.platform.artifacts;

import io.minigpt.proto.event.v1.Artifact;
import java.io.IOException;
import java.io.OutputStream;

/** Writes one artifact. Closing without {@link #commit()} leaves nothing behind. */
public abstract class ArtifactWriter extends OutputStream {

    /**
     * Flushes to disk and makes the file visible under its key.
     *
     * @return its reference
     * @throws IOException also if the key exists with other content
     */
    public abstract Artifact commit() throws IOException;
}
