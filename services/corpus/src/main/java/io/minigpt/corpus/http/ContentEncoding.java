package io.minigpt.corpus.http;

import io.minigpt.corpus.Compression;
import jakarta.ws.rs.NotSupportedException;
import java.util.Locale;

/** What the header {@code Content-Encoding} says. */
final class ContentEncoding {

    private ContentEncoding() {}

    /** @param header null if it was not sent @throws NotSupportedException if the encoding is not one that is known */
    static Compression compression(String header) {
        String encoding = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "" -> Compression.RECOGNISED;
            case "identity" -> Compression.NONE;
            case "gzip", "x-gzip" -> Compression.GZIP;
            case "zstd" -> Compression.ZSTD;
            default ->
                throw new NotSupportedException(
                        "Content-Encoding '" + header + "' is not supported; send gzip, zstd or none");
        };
    }
}
