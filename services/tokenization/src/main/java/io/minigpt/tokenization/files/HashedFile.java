package io.minigpt.tokenization.files;

import io.minigpt.platform.Ids;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes a file and says what it wrote. */
final class HashedFile extends FilterOutputStream {

    private final String name;
    private final Path path;
    private final MessageDigest digest;
    private long bytes;

    private HashedFile(String name, Path path, MessageDigest digest) throws IOException {
        super(new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(path), digest)));
        this.name = name;
        this.path = path;
        this.digest = digest;
    }

    /** @param name name within the version; its folders are made */
    static HashedFile create(Path folder, String name) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return new HashedFile(name, path, Ids.sha256());
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        bytes++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        bytes += length;
    }

    /** What was written, after {@link OutputStream#close()}. */
    WrittenFile written() {
        return new WrittenFile(name, path, new FileDigest(bytes, HexFormat.of().formatHex(digest.digest())));
    }
}
