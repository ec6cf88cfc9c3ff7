package io.minigpt.local.system;

import io.minigpt.local.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Shows the logs of a system's processes on the terminal. */
public final class ServiceLogs {
    private ServiceLogs() {}

    /**
     * Prints the end of the logs.
     *
     * @param names processes; all if empty
     * @param lines lines of each log
     * @param follow whether to go on with what is written later, until the command is interrupted
     */
    public static void show(Home home, List<String> names, int lines, boolean follow) throws InterruptedException {
        List<Path> files = new ArrayList<>();
        for (String name : names.isEmpty() ? LocalSystem.processes() : names) {
            if (!LocalSystem.processes().contains(name)) {
                throw Refusal.notPossible("There is no process \"" + name + "\"; there are "
                        + String.join(", ", LocalSystem.processes()) + ".");
            }
            Path file = name.equals(LocalSystem.POSTGRES) ? home.postgres().resolve("postgres.log") : home.log(name);
            if (Files.exists(file)) {
                files.add(file);
            } else if (!names.isEmpty()) {
                throw Refusal.notPossible(name + " has no log yet: it was never started.");
            }
        }
        if (files.isEmpty()) {
            throw Refusal.notPossible("There are no logs yet: start the system with \"make up\".");
        }
        List<String> command = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
        if (follow) {
            command.add("-F");
        }
        files.forEach(file -> command.add(file.toString()));
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException failure) {
            throw Refusal.failed("The logs cannot be shown: " + failure.getMessage() + ".", failure);
        }
    }
}
