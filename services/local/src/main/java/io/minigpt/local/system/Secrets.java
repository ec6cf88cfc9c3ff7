package io.minigpt.local.system;

import io.minigpt.local.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** Passwords of a system, made at its first start and kept where only their owner can read them. */
final class Secrets {
    private static final int BYTES = 24;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private Secrets() {}

    /** The password of the database server. */
    static String databasePassword(Home home) {
        Path file = home.secrets().resolve("postgres");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(home.secrets(), OWNER_FOLDER);
                Path unfinished = Files.createTempFile(home.secrets(), "postgres", ".unfinished", OWNER_FILE);
                Files.writeString(unfinished, random());
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw Refusal.notPossible("The password file " + file + " cannot be made or read: " + failure + ".");
        }
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
