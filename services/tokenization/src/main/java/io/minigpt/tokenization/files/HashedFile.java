package io.minigpt.tokenization.files;

import io.minigpt.platform.artifacts.HashingOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file and says what it wrote. */
final class HashedFile extends BufferedOutputStream {

    private static final int BUFFER = 1 << 16;

    private final String name;
    private final Path path;
    private final HashingOutputStream hash;

    private HashedFile(String name, Path path, HashingOutputStream hash) {
        super(hash, BUFFER);
        this.name = name;
        this.path = path;
        this.hash = hash;
    }

    /** @param name name within the version; its folders are made */
    static HashedFile create(Path folder, String name) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return new HashedFile(name, path, new HashingOutputStream(Files.newOutputStream(path)));
    }

    /** What was written, after {@link OutputStream#close()}. */
    WrittenFile written() {
        return new WrittenFile(name, path, new FileDigest(hash.bytes(), hash.sha256()));
    }
}
