package io.minigpt.tokenization.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdOutputStream;
import io.minigpt.platform.Ids;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes {@code records.jsonl.zst}. Its uncompressed content identifies it: no version of a library changes that. */
final class RecordsWriter implements AutoCloseable {

    static final String CONTENT = "records.jsonl";

    private static final String FILE = CONTENT + ".zst";
    private static final int LEVEL = 3;

    private final ObjectMapper json;
    private final HashedFile file;
    private final OutputStream compressed;
    private final MessageDigest digest = Ids.sha256();
    private long bytes;

    RecordsWriter(Path folder, ObjectMapper json) throws IOException {
        this.json = json;
        file = HashedFile.create(folder, FILE);
        compressed = new ZstdOutputStream(file, LEVEL).setChecksum(true);
    }

    void append(RecordLine line) throws IOException {
        byte[] text = (json.writeValueAsString(line) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        digest.update(text);
        bytes += text.length;
        compressed.write(text);
    }

    WrittenFile written() {
        return file.written();
    }

    /** Digest of the uncompressed lines. */
    FileDigest content() {
        return new FileDigest(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() throws IOException {
        compressed.close();
    }
}
