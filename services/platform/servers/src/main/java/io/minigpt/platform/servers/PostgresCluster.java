package io.minigpt.platform.servers;

import io.minigpt.platform.servers.LinuxProcess.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The data folder of a PostgreSQL server, with the programs that make and serve it. */
final class PostgresCluster {
    private static final Path SYSTEM_CACHE = Path.of("/var/cache/minigpt");
    private static final Duration LAST_RESORT = Duration.ofSeconds(5);

    private final Path home;
    private final Path programs;
    private final PostgresAccount account;

    private PostgresCluster(Path home, Path programs, PostgresAccount account) {
        this.home = home;
        this.programs = programs;
        this.account = account;
    }

    static PostgresCluster in(Path home, Path cache) {
        return in(home, cache, PostgresAccount.available());
    }

    static PostgresCluster in(Path home, Path cache, PostgresAccount account) {
        try {
            Files.createDirectories(home);
            account.own(home);
        } catch (IOException failure) {
            throw new ServerStartException("PostgreSQL cannot use its folder " + home + ": " + failure, failure);
        }
        if (!account.canUse(home)) {
            throw new ServerStartException("PostgreSQL, which must not run as root, cannot enter " + home
                    + ": choose a folder that every user can reach, or start it as an ordinary user.");
        }
        Path programs = PostgresPrograms.unpackedIn(cache);
        if (!account.canRun(programs)) {
            programs = PostgresPrograms.unpackedIn(SYSTEM_CACHE);
        }
        return new PostgresCluster(home, programs, account);
    }

    static Path data(Path home) {
        return home.resolve("data");
    }

    /** Makes the data folder with one superuser; one that is there stays as it is. */
    void createIfMissing(String user, String password, boolean durable) {
        if (Files.exists(data(home))) {
            return;
        }
        // made under another name, so that a creation that was cut short is not taken for a data folder
        Path unfinished = home.resolve("data.unfinished");
        try {
            FileTree.delete(unfinished);
            Path secret = Files.createTempFile(
                    home,
                    "secret",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(secret, password + "\n");
                account.own(secret);
                initialise(unfinished, user, secret, durable);
            } finally {
                Files.delete(secret);
            }
            Files.move(unfinished, data(home), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new ServerStartException("PostgreSQL cannot use its folder " + home + ": " + failure, failure);
        }
    }

    Process launch(List<String> arguments, boolean ownSession) {
        List<String> command = new ArrayList<>(ownSession ? List.of("setsid") : List.of());
        command.addAll(command("postgres", "-D", data(home).toString()));
        command.addAll(arguments);
        try {
            return logged(command).start();
        } catch (IOException failure) {
            throw new ServerStartException("PostgreSQL cannot be started: " + failure, failure);
        }
    }

    /** Why the server ended, in its own words. */
    String lastComplaint() {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.contains("FATAL:") || line.contains("error:"))
                    .reduce((first, second) -> second)
                    .map(line -> line.replaceFirst(".*(FATAL|error): *", ""))
                    .orElse("see " + log());
        } catch (IOException unreadable) {
            return "its log " + log() + " cannot be read: " + unreadable;
        }
    }

    /** The process that serves {@code home}, whoever started it. */
    static Optional<LinuxProcess> server(Path home) {
        Path pidFile = data(home).resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(pidFile)) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("\\d+"))
                    .flatMap(line -> LinuxProcess.find(Long.parseLong(line)))
                    // after a crash the number in the file may be another program's by now
                    .filter(process -> process.commandLine().contains(data(home).toString()));
        } catch (IOException failure) {
            throw new ServerStartException("PostgreSQL's " + pidFile + " cannot be read: " + failure, failure);
        }
    }

    /** Ends a server: sessions are cut and transactions rolled back; if that takes too long, at once. */
    static void stop(LinuxProcess server, Duration limit) {
        server.signal(Signal.INT);
        if (server.awaitEnd(limit)) {
            return;
        }
        server.signal(Signal.QUIT);
        if (!server.awaitEnd(LAST_RESORT)) {
            throw new ServerStartException("PostgreSQL, process " + server.pid() + ", does not stop.");
        }
    }

    private void initialise(Path folder, String user, Path secret, boolean durable) throws IOException {
        List<String> command = new ArrayList<>(command("initdb", "--pgdata=" + folder, "--username=" + user));
        command.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + secret, "--encoding=UTF-8"));
        // pg_trgm asks the character type what a letter is: under C it finds none in Chinese
        command.addAll(List.of("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        if (!durable) {
            command.add("--no-sync");
        }
        try {
            if (logged(command).start().waitFor() != 0) {
                throw new ServerStartException(
                        "PostgreSQL cannot create its data below " + home + ": " + lastComplaint());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServerStartException("Interrupted while PostgreSQL created its data.", interrupted);
        }
    }

    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(account.prefix());
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private ProcessBuilder logged(List<String> command) {
        return new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    private Path log() {
        return home.resolve("postgres.log");
    }
}
