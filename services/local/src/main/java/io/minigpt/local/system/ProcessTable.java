package io.minigpt.local.system;

import io.minigpt.local.Refusal;
import io.minigpt.platform.servers.LinuxProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which processes belong to a system. Each is noted in a file with its id and start time. Besides, each carries a mark
 * in its environment, by which those are found that were started by a launcher that died before it could note them.
 */
final class ProcessTable {
    /** Environment variable with {@code <state folder>#<process name>}. */
    static final String MARK = "MINIGPT_PROCESS";

    private static final String SUFFIX = ".pid";

    private final Home home;

    ProcessTable(Home home) {
        this.home = home;
    }

    /** The mark of a process that is about to start. */
    Map<String, String> mark(String name) {
        return Map.of(MARK, home.folder() + "#" + name);
    }

    /** Notes that {@code process} runs under {@code name}. */
    void put(String name, LinuxProcess process) {
        Path file = file(name);
        try {
            Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
            Files.writeString(unfinished, process.pid() + " " + process.startTicks() + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw Refusal.failed("The process file " + file + " cannot be written: " + failure + ".", failure);
        }
    }

    /** The process under {@code name}, if it runs. */
    Optional<LinuxProcess> find(String name) {
        Path file = file(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String[] numbers = Files.readString(file).strip().split(" ", -1);
            return Optional.of(new LinuxProcess(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])))
                    .filter(LinuxProcess::isRunning);
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException failure) {
            throw Refusal.failed(
                    "The process file " + file + " cannot be read (" + failure
                            + "); remove it, and run \"minigpt down\" to stop what it stood for.",
                    failure);
        }
    }

    /** Whether there is a note about {@code name}, be the process running or not. */
    boolean knows(String name) {
        return Files.exists(file(name));
    }

    void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException failure) {
            throw Refusal.failed("The process file " + file(name) + " cannot be removed: " + failure + ".", failure);
        }
    }

    /** Processes that carry this system's mark, noted or not, their children included. */
    List<LinuxProcess> marked() {
        String mark = MARK + "=" + home.folder() + "#";
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(path -> path.getFileName().toString().matches("\\d+"))
                    .filter(path -> environment(path).anyMatch(variable -> variable.startsWith(mark)))
                    .flatMap(path ->
                            LinuxProcess.find(Long.parseLong(path.getFileName().toString())).stream())
                    .toList();
        } catch (IOException failure) {
            throw Refusal.failed("The processes of this machine cannot be listed: " + failure + ".", failure);
        }
    }

    private static Stream<String> environment(Path process) {
        try {
            byte[] variables = Files.readAllBytes(process.resolve("environ"));
            return Stream.of(new String(variables, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException endedOrAnothers) {
            // a process of another user cannot be one of ours
            return Stream.empty();
        }
    }

    private Path file(String name) {
        return home.run().resolve(name + SUFFIX);
    }
}
