package io.minigpt.tokenization.files;

import com.github.luben.zstd.ZstdOutputStream;
import io.minigpt.platform.artifacts.HashingOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** Writes {@code records.jsonl.zst}. Its uncompressed content identifies it: no version of a library changes that. */
final class RecordsWriter implements AutoCloseable {

    static final String CONTENT = "records.jsonl";

    static final String FILE = CONTENT + ".zst";
    /** The fastest proper one: twice as fast as the library's default, for files a tenth larger. */
    private static final int LEVEL = 1;
    /** Bytes that are compressed together. */
    private static final int BUFFER = 1 << 16;

    private final HashedFile file;
    private final HashingOutputStream lines;

    RecordsWriter(Path folder) throws IOException {
        file = HashedFile.create(folder, FILE);
        lines = new HashingOutputStream(
                new BufferedOutputStream(new ZstdOutputStream(file, LEVEL).setChecksum(true), BUFFER));
    }

    void append(byte[] line) throws IOException {
        lines.write(line);
        lines.write('\n');
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
