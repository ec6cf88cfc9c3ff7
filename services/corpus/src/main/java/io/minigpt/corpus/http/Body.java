package io.minigpt.corpus.http;

import com.github.luben.zstd.ZstdInputStream;
import jakarta.ws.rs.NotSupportedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Undoes the content encoding of a body while it is read. */
final class Body {

    private static final int BUFFER = 64 * 1024;

    /** Opens the decompressing stream only when it is read: its head must not be waited for before that. */
    private static final class Lazy extends InputStream {

        private final InputStream body;
        private final Opener opener;
        private InputStream open;

        Lazy(InputStream body, Opener opener) {
            this.body = body;
            this.opener = opener;
        }

        @Override
        public int read() throws IOException {
            return stream().read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return stream().read(buffer, offset, length);
        }

        private InputStream stream() throws IOException {
            if (open == null) {
                open = opener.open(body);
            }
            return open;
        }
    }

    @FunctionalInterface
    private interface Opener {
        InputStream open(InputStream body) throws IOException;
    }

    private Body() {}

    /** The plain body. @throws NotSupportedException if the encoding is not one that is known */
    static InputStream decoded(InputStream body, String contentEncoding) {
        String encoding = contentEncoding == null ? "" : contentEncoding.strip().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> new Lazy(body, in -> new GZIPInputStream(in, BUFFER));
            case "zstd" -> new Lazy(body, ZstdInputStream::new);
            default ->
                throw new NotSupportedException(
                        "Content-Encoding '" + contentEncoding + "' is not supported; send gzip, zstd or none");
        };
    }
}
