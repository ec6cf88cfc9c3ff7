package io.minigpt.local;

import io.minigpt.local.system.Home;
import io.minigpt.local.system.Installation;
import io.minigpt.local.system.LocalSystem;
import io.minigpt.local.system.Ports;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which local system a command is about. */
final class SystemOptions {
    @Option(
            names = "--root",
            paramLabel = "<folder>",
            defaultValue = "${MINIGPT_ROOT:-.}",
            description = "Repository with the built services (MINIGPT_ROOT; default: the current folder).")
    private Path root;

    @Option(
            names = "--home",
            paramLabel = "<folder>",
            defaultValue = "${MINIGPT_HOME}",
            description = "Folder of the system's state (MINIGPT_HOME; default: .minigpt in the repository).")
    private Path home;

    @Option(
            names = "--port-offset",
            paramLabel = "<number>",
            defaultValue = "${MINIGPT_PORT_OFFSET:-0}",
            description = "Added to every port, for a second system on the machine (MINIGPT_PORT_OFFSET; default: 0).")
    private int portOffset;

    Installation installation() {
        Home folder = new Home(home == null ? root.resolve(".minigpt") : home);
        try {
            return new Installation(root, folder, new Ports(portOffset));
        } catch (IllegalArgumentException outOfRange) {
            throw Refusal.notPossible("The " + outOfRange.getMessage() + ".");
        }
    }

    LocalSystem system() {
        return new LocalSystem(installation(), System.out::println);
    }
}
