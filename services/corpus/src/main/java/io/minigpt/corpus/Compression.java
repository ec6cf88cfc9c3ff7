package io.minigpt.corpus;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/** How a body is compressed. */
public enum Compression {
    NONE,
    GZIP,
    ZSTD,
    /** Whatever its first bytes say. */
    RECOGNISED;

    private static final int BUFFER = 64 * 1024;
    private static final int MAGIC = 4;

    /** The plain bytes of a body. @throws IOException if it does not begin like one that is so compressed */
    InputStream open(InputStream body) throws IOException {
        return switch (this) {
            case NONE -> body;
            case GZIP -> new GZIPInputStream(body, BUFFER);
            // a frame that asks for more than 128 MiB of window is refused, as the zstd program does
            case ZSTD -> new ZstdInputStream(body);
            case RECOGNISED -> {
                PushbackInputStream whole = new PushbackInputStream(body, MAGIC);
                byte[] head = whole.readNBytes(MAGIC);
                whole.unread(head);
                yield of(head).open(whole);
            }
        };
    }

    /** What the first bytes of a body say. Source: RFC 1952, RFC 8878. */
    private static Compression of(byte[] head) {
        if (begins(head, 0x1F, 0x8B)) {
            return GZIP;
        }
        return begins(head, 0x28, 0xB5, 0x2F, 0xFD) ? ZSTD : NONE;
    }

    private static boolean begins(byte[] head, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= head.length || (head[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
