package io.minigpt.platform.artifacts;

import io.minigpt.platform.Ids;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Passes bytes on and knows their number and sha256. */
public final class HashingOutputStream extends FilterOutputStream {

    private final MessageDigest digest = Ids.sha256();
    private long bytes;

    public HashingOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        digest.update((byte) b);
        bytes++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        digest.update(buffer, offset, length);
        bytes += length;
    }

    /** Bytes written so far. */
    public long bytes() {
        return bytes;
    }

    /** Lower-case hexadecimal sha256 of the bytes written; to be asked once, at the end. */
    public String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
