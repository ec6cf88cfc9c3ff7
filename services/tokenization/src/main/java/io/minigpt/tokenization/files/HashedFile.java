package io.minigpt.tokenization.files;

import io.minigpt.platform.artifacts.HashingOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a file, to its disk as it goes, so that little waits for the disk at the end, and says what it wrote. */
final class HashedFile extends BufferedOutputStream {

    private static final int BUFFER = 1 << 16;
    /** Bytes that may wait for the disk. */
    private static final int UNFLUSHED = 16 << 20;

    private final String name;
    private final Path path;
    private final FileChannel channel;
    private final HashingOutputStream hash;
    private long flushed;

    private HashedFile(String name, Path path, FileChannel channel, HashingOutputStream hash) {
        super(hash, BUFFER);
        this.name = name;
        this.path = path;
        this.channel = channel;
        this.hash = hash;
    }

    /** @param name name within the version; its folders are made */
    static HashedFile create(Path folder, String name) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        return new HashedFile(name, path, channel, new HashingOutputStream(Channels.newOutputStream(channel)));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        super.write(bytes, offset, length);
        if (hash.bytes() - flushed >= UNFLUSHED) {
            channel.force(false);
            flushed = hash.bytes();
        }
    }

    /** What was written, after {@link OutputStream#close()}. */
    WrittenFile written() {
        return new WrittenFile(name, path, new FileDigest(hash.bytes(), hash.sha256()));
    }
}
