package io.minigpt.tokenization.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdOutputStream;
import io.minigpt.platform.artifacts.HashingOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes {@code records.jsonl.zst}. Its uncompressed content identifies it: no version of a library changes that. */
final class RecordsWriter implements AutoCloseable {

    static final String CONTENT = "records.jsonl";

    private static final String FILE = CONTENT + ".zst";
    private static final int LEVEL = 3;

    private final ObjectMapper json;
    private final HashedFile file;
    private final HashingOutputStream lines;

    RecordsWriter(Path folder, ObjectMapper json) throws IOException {
        this.json = json;
        file = HashedFile.create(folder, FILE);
        lines = new HashingOutputStream(new ZstdOutputStream(file, LEVEL).setChecksum(true));
    }

    void append(RecordLine line) throws IOException {
        lines.write((json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    WrittenFile written() {
        return file.written();
    }

    /** Digest of the uncompressed lines. */
    FileDigest content() {
        return new FileDigest(lines.bytes(), lines.sha256());
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
