package io.minigpt.platform.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from their Maven artifact once per user and version. */
final class PostgresPrograms {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final int ANY_EXECUTE = 0111;

    private PostgresPrograms() {}

    /** {@code $XDG_CACHE_HOME/minigpt}, by default {@code ~/.cache/minigpt}. */
    static Path userCache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("minigpt");
    }

    /**
     * Unpacks the programs below {@code cache}, unless they are there. Any number of processes may do so at once: each
     * unpacks under a name of its own, and one of them wins the move to the final name.
     *
     * @return the folder with {@code bin}, {@code lib} and {@code share}
     */
    static Path unpackedIn(Path cache) {
        Path target = cache.resolve("postgres-" + version());
        if (Files.exists(target)) {
            return target;
        }
        try {
            Files.createDirectories(cache);
            Path unique = Files.createTempDirectory(cache, "unpacking-");
            try {
                unpack(unique);
                Files.setPosixFilePermissions(unique, PosixFilePermissions.fromString("rwxr-xr-x"));
                move(unique, target);
            } finally {
                FileTree.delete(unique);
            }
        } catch (IOException failure) {
            throw new ServerStartException("PostgreSQL cannot be unpacked into " + cache + ": " + failure, failure);
        }
        return target;
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = PostgresPrograms.class.getResourceAsStream("/servers.properties")) {
            properties.load(in);
        } catch (IOException failure) {
            throw new ServerStartException("The version of PostgreSQL cannot be read: " + failure, failure);
        }
        return properties.getProperty("postgres.version");
    }

    private static void unpack(Path folder) throws IOException {
        try (InputStream resource = PostgresPrograms.class.getResourceAsStream(ARCHIVE);
                TarArchiveInputStream archive = new TarArchiveInputStream(new XZInputStream(resource))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                unpack(archive, entry, folder.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(InputStream archive, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(archive, path);
        boolean executable = (entry.getMode() & ANY_EXECUTE) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void move(Path unique, Path target) throws IOException {
        try {
            Files.move(unique, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException failure) {
            if (!Files.exists(target)) {
                throw failure;
            }
        }
    }
}
