package io.minigpt.local.system;

import io.minigpt.platform.servers.LoopbackPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold before a system can start. Each complaint is one sentence that says what to do. */
final class Preflight {
    private static final int OLDEST_JAVA = 25;
    private static final long GIB = 1L << 30;
    private static final long LEAST_DISK_BYTES = 2 * GIB;

    private final Installation installation;
    private final Machine machine;

    /**
     * What is checked of the machine.
     *
     * @param system operating system's name
     * @param architecture processor architecture
     * @param javaVersion feature version of the JVM
     * @param freeDiskBytes free space where the state folder lies
     */
    record Machine(String system, String architecture, int javaVersion, long freeDiskBytes) {
        static Machine thisOne(Home home) {
            return new Machine(
                    System.getProperty("os.name"),
                    System.getProperty("os.arch"),
                    Runtime.version().feature(),
                    freeDisk(home.folder()));
        }

        private static long freeDisk(Path folder) {
            Path existing = folder;
            while (!Files.exists(existing)) {
                existing = existing.getParent();
            }
            return existing.toFile().getUsableSpace();
        }
    }

    Preflight(Installation installation, Machine machine) {
        this.installation = installation;
        this.machine = machine;
    }

    /** What the machine, the state folder or the build lacks. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        if (!machine.system().equals("Linux") || !machine.architecture().equals("amd64")) {
            complaints.add("The local system runs on Linux x86-64 only; this is " + machine.system() + " "
                    + machine.architecture() + ".");
        }
        if (machine.javaVersion() < OLDEST_JAVA) {
            complaints.add("Java " + machine.javaVersion() + " is too old: set JAVA_HOME to a JDK " + OLDEST_JAVA
                    + " or newer.");
        }
        if (!canWrite(installation.home().folder())) {
            complaints.add("The folder " + installation.home().folder()
                    + " cannot be written to: allow it or set MINIGPT_HOME to another folder.");
        } else if (machine.freeDiskBytes() < LEAST_DISK_BYTES) {
            complaints.add(
                    "Only %.1f GiB are free where %s lies: make at least %d GiB free or set MINIGPT_HOME to a folder elsewhere."
                            .formatted(
                                    (double) machine.freeDiskBytes() / GIB,
                                    installation.home().folder(),
                                    LEAST_DISK_BYTES / GIB));
        }
        String missing = Stream.of(Service.values())
                .filter(service -> !Files.exists(installation.program(service)))
                .map(Service::label)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            complaints.add("Not built: " + missing + ". Run \"make build\".");
        }
        return complaints;
    }

    /**
     * Ports that cannot be used.
     *
     * @param needed ports with the names of their users; those of running processes left out
     */
    static List<String> complaintsAbout(Map<Integer, String> needed) {
        List<String> complaints = new ArrayList<>();
        needed.forEach((port, user) -> {
            if (!LoopbackPort.isFree(port)) {
                complaints.add("Port " + port + ", which " + user
                        + " needs, is taken by another program: stop it or set MINIGPT_PORT_OFFSET.");
            }
        });
        return complaints;
    }

    private static boolean canWrite(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "writable", ""));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
