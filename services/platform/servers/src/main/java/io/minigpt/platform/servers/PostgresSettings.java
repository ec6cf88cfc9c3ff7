package io.minigpt.platform.servers;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How to run a PostgreSQL server.
 *
 * @param home folder of this server: its data and its log, created if missing
 * @param port port on the loopback address
 * @param password password of the role {@link PostgresServer#USER}; fixed when the data folder is created
 * @param durable whether a commit is on the disk before it is acknowledged; {@code false} is for tests only
 * @param ownSession whether the server belongs to a session of its own, so that it survives the end of this JVM and the
 *     terminal's Ctrl-C
 * @param cache folder with the unpacked programs, shared by all servers of this user
 */
public record PostgresSettings(Path home, int port, String password, boolean durable, boolean ownSession, Path cache) {

    public PostgresSettings {
        home = home.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " is not between 1 and 65535");
        }
        if (Objects.requireNonNull(password, "password").isBlank()) {
            throw new IllegalArgumentException("password: is blank");
        }
    }

    /** A durable server that ends with {@link PostgresServer#close()}. */
    public static PostgresSettings of(Path home, int port, String password) {
        return new PostgresSettings(home, port, password, true, false, PostgresPrograms.userCache());
    }

    /** The same, without waiting for the disk: data may be lost when the machine fails. */
    public PostgresSettings withoutDurability() {
        return new PostgresSettings(home, port, password, false, ownSession, cache);
    }

    /** The same, in a session of its own; ends with {@link PostgresServer#stop(Path)}. */
    public PostgresSettings inOwnSession() {
        return new PostgresSettings(home, port, password, durable, true, cache);
    }

    /** The same, with the programs unpacked under {@code folder}. */
    public PostgresSettings withCache(Path folder) {
        return new PostgresSettings(home, port, password, durable, ownSession, folder);
    }

    /** Settings without the password, fit for a log. */
    @Override
    public String toString() {
        return "PostgresSettings[home=" + home + ", port=" + port + ", durable=" + durable + "]";
    }
}
