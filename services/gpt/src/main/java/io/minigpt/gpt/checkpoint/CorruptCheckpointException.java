package io.minigpt.gpt.checkpoint;

import java.nio.file.Path;

/** A checkpoint, or a file of it, that is truncated, changed or of another kind, and so must not be used. */
public final class CorruptCheckpointException extends RuntimeException {
    CorruptCheckpointException(Path file, String reason) {
        super("checkpoint file " + file + " " + reason);
    }
}
