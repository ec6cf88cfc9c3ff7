package io.minigpt.platform.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
    private static final String PASSWORD = "for tests only";

    @TempDir
    Path home;

    @Test
    void keepsRowsOverARestart() throws Exception {
        // Given
        int port = LoopbackPort.free();
        try (PostgresServer server = PostgresServer.start(home, port, PASSWORD)) {
            server.createDatabase("corpus");
            assertThat(ask(server, "corpus", "select current_setting('fsync')")).isEqualTo("on");
            tell(server, "corpus", "create table document (text text)", "insert into document values ('第一篇')");
        }

        // When
        try (PostgresServer server = PostgresServer.start(home, port, PASSWORD)) {
            server.createDatabase("corpus");

            // Then
            assertThat(ask(server, "corpus", "select text from document")).isEqualTo("第一篇");
        }
    }

    @Test
    void countsChineseCharactersAsLetters() throws Exception {
        try (PostgresServer server = PostgresServer.start(quick(LoopbackPort.free()))) {
            // Given
            server.createDatabase("corpus");
            tell(server, "corpus", "create extension pg_trgm");

            // When
            String similarity = ask(server, "corpus", "select similarity('长江是中国最长的河流', '长江是亚洲最长的河流') > 0.3");

            // Then
            assertThat(similarity).isEqualTo("t");
            assertThat(ask(
                            server,
                            "corpus",
                            "select datcollate || datctype || datlocale from pg_database where datname = 'corpus'"))
                    .isEqualTo("C.UTF-8C.UTF-8C.UTF-8");
            assertThat(ask(
                            server,
                            "corpus",
                            "select pg_encoding_to_char(encoding) from pg_database where datname = 'corpus'"))
                    .isEqualTo("UTF8");
        }
    }

    @Test
    void stopsWhatAKilledProgramLeft() throws Exception {
        // Given
        int port = LoopbackPort.free();
        Process parent = JavaChild.start(AbandonedPostgres.class, home, port, PASSWORD);
        assertThat(parent.waitFor()).isEqualTo(137);
        LinuxProcess orphan = PostgresCluster.server(home).orElseThrow();

        // When
        try (PostgresServer server = PostgresServer.start(quick(port))) {
            // Then
            assertThat(orphan.isRunning()).isFalse();
            assertThat(ask(server, "postgres", "select 1")).isEqualTo("1");
        }
    }

    @Test
    void asksForThePassword() throws Exception {
        try (PostgresServer server = PostgresServer.start(quick(LoopbackPort.free()))) {
            // When, Then
            assertThatThrownBy(
                            () -> DriverManager.getConnection(server.jdbcUrl("postgres"), PostgresServer.USER, "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void saysThatThePasswordIsNotTheOneOfTheData() throws Exception {
        // Given
        PostgresServer.start(quick(LoopbackPort.free())).close();
        PostgresSettings other = PostgresSettings.of(home, LoopbackPort.free(), "another");

        // When, Then
        assertThatThrownBy(() -> PostgresServer.start(other))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("was created with another password");
        assertThat(PostgresCluster.server(home)).isEmpty();
    }

    @Test
    void namesTheTakenPort() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // When, Then
            assertThatThrownBy(() -> PostgresServer.start(quick(other.getLocalPort())))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageMatching("Port " + other.getLocalPort()
                            + " on 127.0.0.1, which PostgreSQL needs, is already in use.*");
        }
    }

    @Test
    void survivesInASessionOfItsOwnUntilStopped() throws Exception {
        // Given
        PostgresSettings settings = quick(LoopbackPort.free()).inOwnSession();
        PostgresServer server = PostgresServer.start(settings);
        assertThat(PostgresServer.running(settings).map(PostgresServer::process))
                .contains(server.process());

        // When
        PostgresServer.stop(home);

        // Then
        assertThat(server.process().isRunning()).isFalse();
        assertThat(PostgresServer.running(settings)).isEmpty();
    }

    @Test
    void startsUnderEveryAccountThatRootCanTake() throws Exception {
        List<PostgresAccount> accounts = "root".equals(System.getProperty("user.name"))
                ? List.of(PostgresAccount.available(), PostgresAccount.NOBODY, PostgresAccount.available())
                : List.of(PostgresAccount.CALLER);
        for (PostgresAccount account : accounts) {
            Path closedToOthers = home.resolve("closed");
            Files.createDirectories(
                    closedToOthers, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            PostgresSettings settings = PostgresSettings.of(
                            closedToOthers.resolve("postgres"), LoopbackPort.free(), PASSWORD)
                    .withoutDurability();
            // When
            try (PostgresServer server = PostgresServer.start(settings, account)) {
                // Then
                assertThat(ask(server, "postgres", "select 1"))
                        .as(account.name())
                        .isEqualTo("1");
            }
        }
    }

    private PostgresSettings quick(int port) {
        return PostgresSettings.of(home, port, PASSWORD).withoutDurability();
    }

    private static void tell(PostgresServer server, String database, String... statements) throws SQLException {
        try (Connection connection = connect(server, database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String ask(PostgresServer server, String database, String query) throws SQLException {
        try (Connection connection = connect(server, database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(PostgresServer server, String database) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), PostgresServer.USER, PASSWORD);
    }
}
