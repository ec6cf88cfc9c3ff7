package io.minigpt.corpus;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The plain bytes of a body, decompressed while they are read. A body that unfolds to far more than it is breaks off.
 */
public final class PlainBody extends InputStream {

    /** Bytes that a body may unfold to whatever its size: a small one may well hold one thing many times. */
    private static final long FREE = 16 << 20;

    private final Counted raw;
    private final Compression compression;
    private final long maxBytes;
    private final int maxExpansion;
    private InputStream plain;
    private long bytes;

    /**
     * @param body is read, not closed
     * @param maxBytes plain bytes after which it breaks off
     * @param maxExpansion times that it may be larger than the body
     */
    public PlainBody(InputStream body, Compression compression, long maxBytes, int maxExpansion) {
        this.raw = new Counted(body);
        this.compression = compression;
        this.maxBytes = maxBytes;
        this.maxExpansion = maxExpansion;
    }

    /** Bytes of the body that were read so far. */
    public long rawBytes() {
        return raw.bytes.get();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        // opened only now: the head of a body must not be waited for before somebody reads
        if (plain == null) {
            plain = compression.open(raw);
        }
        int count = plain.read(buffer, offset, length);
        bytes += Math.max(count, 0);
        if (bytes > maxBytes) {
            throw new IOException("it unfolds to more than " + maxBytes + " bytes");
        }
        if (bytes > FREE && bytes / maxExpansion > raw.bytes.get()) {
            throw new IOException("it unfolds to more than " + maxExpansion + " times its size");
        }
        return count;
    }

    private static final class Counted extends FilterInputStream {

        private final AtomicLong bytes = new AtomicLong();
        private boolean ended;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            ended |= count < 0;
            bytes.addAndGet(Math.max(count, 0));
            return count;
        }

        /** At least one until the end: GZIPInputStream takes zero for it and drops the members that follow. */
        @Override
        public int available() throws IOException {
            return ended ? 0 : Math.max(super.available(), 1);
        }
    }
}
