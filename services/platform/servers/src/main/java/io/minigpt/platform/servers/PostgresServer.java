package io.minigpt.platform.servers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * A real PostgreSQL server on the loopback address, from programs that come as a Maven artifact. It is a process of its
 * own; password authentication (scram-sha-256), no Unix socket, time zone UTC, 200 connections. Databases are UTF-8
 * with the character type C.UTF-8, so that letters outside ASCII count as letters.
 */
public final class PostgresServer implements AutoCloseable {
    /** The role that owns every database. */
    public static final String USER = "minigpt";

    private static final String MAINTENANCE_DATABASE = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(30);
    private static final String INVALID_PASSWORD = "28P01";
    private static final Set<String> DATABASE_EXISTS = Set.of("42P04", "23505");

    private final PostgresSettings settings;
    private final PostgresCluster cluster;
    private final LinuxProcess process;

    private PostgresServer(PostgresSettings settings, PostgresCluster cluster, LinuxProcess process) {
        this.settings = settings;
        this.cluster = cluster;
        this.process = process;
    }

    /** Starts a durable server that ends with {@link #close()}; see {@link #start(PostgresSettings)}. */
    public static PostgresServer start(Path home, int port, String password) {
        return start(PostgresSettings.of(home, port, password));
    }

    /**
     * Starts a server and returns when it accepts connections. A server that an earlier, killed process left on the
     * same folder is stopped first.
     *
     * @throws ServerStartException if the port is taken, the folder cannot be used, or the password is not the one that
     *     the folder was created with
     */
    public static PostgresServer start(PostgresSettings settings) {
        return start(settings, PostgresAccount.available());
    }

    static PostgresServer start(PostgresSettings settings, PostgresAccount account) {
        stop(settings.home());
        LoopbackPort.requireFree(settings.port(), "PostgreSQL");
        PostgresCluster cluster = PostgresCluster.in(settings.home(), settings.cache(), account);
        cluster.createIfMissing(USER, settings.password(), settings.durable());
        Process child = cluster.launch(arguments(settings), settings.ownSession());
        LinuxProcess process = LinuxProcess.find(child.pid())
                .orElseThrow(
                        () -> new ServerStartException("PostgreSQL did not start: " + cluster.lastComplaint() + "."));
        PostgresServer server = new PostgresServer(settings, cluster, process);
        try {
            server.awaitConnections();
        } catch (ServerStartException failure) {
            server.close();
            throw failure;
        }
        return server;
    }

    /** The server that runs on the folder of {@code settings}, whoever started it, once it accepts connections. */
    public static Optional<PostgresServer> running(PostgresSettings settings) {
        return processOn(settings.home()).map(process -> {
            PostgresCluster cluster = PostgresCluster.in(settings.home(), settings.cache());
            PostgresServer server = new PostgresServer(settings, cluster, process);
            server.awaitConnections();
            return server;
        });
    }

    /**
     * Stops the server on {@code home}, if one runs there, whoever started it. Open transactions are rolled back.
     *
     * @return whether one ran
     * @throws ServerStartException if it does not stop
     */
    public static boolean stop(Path home) {
        Optional<LinuxProcess> server = processOn(home);
        server.ifPresent(process -> PostgresCluster.stop(process, STOP_LIMIT));
        return server.isPresent();
    }

    /** The server process on {@code home}, if one runs there, whoever started it. */
    public static Optional<LinuxProcess> processOn(Path home) {
        return PostgresCluster.server(home.toAbsolutePath().normalize());
    }

    /** Its process. */
    public LinuxProcess process() {
        return process;
    }

    /**
     * Creates a database unless it exists.
     *
     * @param name letters, digits and underscores, starting with a letter, all in lower case
     */
    public void createDatabase(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("name: \"" + name + "\" is not a plain lower-case database name");
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            // template0, because nobody can be connected to it
            statement.execute("create database " + name + " template template0");
        } catch (SQLException failure) {
            if (!DATABASE_EXISTS.contains(failure.getSQLState())) {
                throw new ServerStartException(
                        "PostgreSQL cannot create the database " + name + ": " + failure.getMessage(), failure);
            }
        }
    }

    /** The JDBC address of a database, without user and password. */
    public String jdbcUrl(String name) {
        return "jdbc:postgresql://" + LoopbackPort.ADDRESS + ":" + settings.port() + "/" + name;
    }

    /** Stops the server; open transactions are rolled back. */
    @Override
    public void close() {
        PostgresCluster.stop(process, STOP_LIMIT);
    }

    private void awaitConnections() {
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (true) {
            try (Connection connection = connect()) {
                return;
            } catch (SQLException notYet) {
                if (INVALID_PASSWORD.equals(notYet.getSQLState())) {
                    throw new ServerStartException("PostgreSQL's data in " + settings.home()
                            + " was created with another password: give that one, or remove the folder.");
                }
                if (!process.isRunning()) {
                    throw new ServerStartException(
                            "PostgreSQL did not start: " + cluster.lastComplaint() + ".", notYet);
                }
                if (Instant.now().isAfter(deadline)) {
                    throw new ServerStartException(
                            "PostgreSQL did not accept connections within " + START_LIMIT.toSeconds() + " s.", notYet);
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(MAINTENANCE_DATABASE), USER, settings.password());
    }

    private static List<String> arguments(PostgresSettings settings) {
        List<String> values = new ArrayList<>(List.of(
                "port=" + settings.port(),
                "listen_addresses=" + LoopbackPort.ADDRESS,
                "unix_socket_directories=",
                "max_connections=200",
                "timezone=UTC",
                "log_timezone=UTC",
                "shared_buffers=64MB",
                "max_wal_size=2GB",
                "huge_pages=off",
                "jit=off"));
        if (!settings.durable()) {
            values.addAll(List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off"));
        }
        return values.stream().flatMap(value -> List.of("-c", value).stream()).toList();
    }
}
