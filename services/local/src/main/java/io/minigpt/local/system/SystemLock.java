package io.minigpt.local.system;

import io.minigpt.local.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held while a system starts or stops, so that two commands do not work against each other. */
final class SystemLock implements AutoCloseable {
    private final FileChannel file;

    private SystemLock(FileChannel file) {
        this.file = file;
    }

    static SystemLock take(Home home) {
        Path path = home.run().resolve("lock");
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = file.tryLock();
            if (lock == null) {
                file.close();
                throw Refusal.notPossible(
                        "Another command is starting or stopping this system at the moment: wait until it has ended.");
            }
            return new SystemLock(file);
        } catch (IOException failure) {
            throw Refusal.notPossible("The lock file " + path + " cannot be used: " + failure + ".");
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failure) {
            throw Refusal.failed("The lock file cannot be closed: " + failure + ".", failure);
        }
    }
}
