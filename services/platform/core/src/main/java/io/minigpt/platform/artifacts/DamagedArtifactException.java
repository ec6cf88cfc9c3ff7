package io.minigpt.platform.artifacts;

import java.io.IOException;

/** A stored file is not what its reference says; the message names the file and the difference. */
public class DamagedArtifactException extends IOException {

    public DamagedArtifactException(String message) {
        super(message);
    }
}
