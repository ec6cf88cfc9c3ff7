package io.minigpt.platform.artifacts;

import io.minigpt.proto.event.v1.Artifact;
import java.io.IOException;

/** A stored file is not what its reference says; the message names the file and the difference. */
public class DamagedArtifactException extends IOException {

    public DamagedArtifactException(String message) {
        super(message);
    }

    static DamagedArtifactException of(Artifact expected, String found) {
        return new DamagedArtifactException("artifact " + expected.getKey() + " is damaged: expected sha256 "
                + expected.getSha256() + " and " + expected.getBytes() + " bytes, found " + found);
    }
}
