package io.minigpt.platform.artifacts;

import io.minigpt.platform.Ids;
import io.minigpt.proto.event.v1.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.HexFormat;

/** Throws at its end if the bytes were not those of the artifact. */
final class VerifyingInputStream extends DigestInputStream {

    private final Artifact artifact;
    private boolean verified;

    VerifyingInputStream(InputStream in, Artifact artifact) {
        super(in, Ids.sha256());
        this.artifact = artifact;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value < 0) {
            verify();
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count < 0) {
            verify();
        }
        return count;
    }

    private void verify() throws DamagedArtifactException {
        if (verified) {
            return;
        }
        String actual = HexFormat.of().formatHex(getMessageDigest().digest());
        if (!actual.equals(artifact.getSha256())) {
            throw DamagedArtifactException.of(artifact, "sha256 " + actual);
        }
        verified = true;
    }
}
