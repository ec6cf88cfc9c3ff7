package io.minigpt.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.local.Refusal;
import io.minigpt.local.system.ProcessStatus.Died;
import io.minigpt.local.system.ProcessStatus.Running;
import io.minigpt.local.system.ProcessStatus.Stopped;
import io.minigpt.platform.servers.LinuxProcess;
import io.minigpt.platform.servers.LinuxProcess.Signal;
import io.minigpt.platform.servers.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSystemIT {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private Installation installation;
    private LocalSystem system;

    @BeforeEach
    void prepare() throws IOException {
        installation = StandInRepository.in(folder, StandInRepository.freeOffset());
        system = new LocalSystem(installation, said::add);
    }

    @AfterEach
    void stop() {
        system.down();
    }

    @Test
    void startsEverythingRestartsWhatDiedAndLeavesNothingBehind() throws Exception {
        // When: started for the first time
        system.up();

        // Then
        Map<String, Long> first = processIds();
        assertThat(first.keySet()).containsExactlyInAnyOrderElementsOf(LocalSystem.processes());
        assertThat(system.status()).allMatch(ProcessStatus::isReady);
        assertThat(variable(Service.QA_GENERATION, "QUARKUS_DATASOURCE_JDBC_URL"))
                .isEqualTo(installation.jdbcUrl("qa_generation"));
        assertThat(topics()).contains("corpus.document.v1", "training.commands.v1");
        assertThat(databases()).contains("corpus", "training_worker", "inference");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                        installation.home().secrets().resolve("postgres"))))
                .isEqualTo("rw-------");

        // When: one service is killed
        process("tokenization").signal(Signal.KILL);
        assertThat(process("tokenization").awaitEnd(Duration.ofSeconds(10))).isTrue();
        assertThat(statusOf("tokenization").state()).isInstanceOf(Died.class);
        system.up();

        // Then: only that one is new
        Map<String, Long> second = processIds();
        assertThat(second.remove("tokenization")).isNotEqualTo(first.remove("tokenization"));
        assertThat(second).isEqualTo(first);

        // When
        system.down();

        // Then
        assertThat(system.status()).allMatch(status -> status.state() instanceof Stopped);
        assertThat(new ProcessTable(installation.home()).marked()).isEmpty();
        assertThat(PostgresServer.processOn(installation.home().postgres())).isEmpty();
        assertThat(said.getLast()).isEqualTo("stopped  postgres");
    }

    @Test
    void stopsWhatAKilledLauncherHadNotNoted() throws Exception {
        // Given
        Home home = installation.home().create();
        LinuxProcess stray = DetachedProcess.start(
                List.of("sleep", "600"), folder, new ProcessTable(home).mark("corpus"), home.log("corpus"));
        assertThat(stray.isRunning()).isTrue();

        // When
        system.down();

        // Then
        assertThat(stray.isRunning()).isFalse();
    }

    @Test
    void saysWhyAServiceEnded() throws Exception {
        // Given
        StandInRepository.writeProgram(installation.program(Service.CORPUS), BrokenService.class);

        // When, Then
        assertThatThrownBy(system::up)
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(
                        "corpus ended while it started: ERROR minigpt.corpus.batch: must be at least 1");
    }

    private Map<String, Long> processIds() throws InterruptedException {
        return system.status().stream()
                .filter(status -> status.state() instanceof Running)
                .collect(Collectors.toMap(ProcessStatus::name, status -> ((Running) status.state()).pid()));
    }

    private ProcessStatus statusOf(String name) throws InterruptedException {
        return system.status().stream()
                .collect(Collectors.toMap(ProcessStatus::name, Function.identity()))
                .get(name);
    }

    private LinuxProcess process(String name) throws IOException {
        String[] numbers = Files.readString(installation.home().run().resolve(name + ".pid"))
                .strip()
                .split(" ");
        return new LinuxProcess(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }

    private String variable(Service service, String name) throws Exception {
        URI address = installation.address(service).resolve("/environment/" + name);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private List<String> topics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", installation.kafkaAddress()))) {
            return List.copyOf(admin.listTopics().names().get());
        }
    }

    private List<String> databases() throws Exception {
        String password = Secrets.databasePassword(installation.home());
        List<String> names = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(installation.jdbcUrl("postgres"), PostgresServer.USER, password);
                ResultSet rows = connection.createStatement().executeQuery("select datname from pg_database")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
