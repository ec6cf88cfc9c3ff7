package io.minigpt.local.system;

import io.minigpt.platform.servers.KafkaServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of the Java processes. All use the JVM that this program runs on. */
final class JavaCommand {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin/java").toString();

    private static final List<String> ALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            // without these two the JVM warns about how Netty, protobuf and libtorch reach memory, which is on purpose
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    // the light compiler starts fastest; the full one is for those that compute or work through texts
    private static final String LIGHT_COMPILER = "-XX:TieredStopAtLevel=1";
    private static final String SMALL_STACKS = "-Xss512k";
    // what the JVM would take at once by itself, most services never need
    private static final List<String> SMALL = List.of(SMALL_STACKS, "-Xms32m", "-Xmx160m");

    private static final Path OWN_PROGRAM =
            Path.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)[0]);

    private final Installation installation;
    private final AotCache cache;

    JavaCommand(Installation installation) {
        this.installation = installation;
        this.cache = new AotCache(installation);
    }

    List<String> service(Service service) {
        Path program = installation.program(service);
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(ALL);
        switch (service.work()) {
            case LIGHT -> {
                command.add(LIGHT_COMPILER);
                command.addAll(SMALL);
            }
            case TEXT -> command.addAll(SMALL);
            case HEAVY -> command.addAll(List.of("-Xms64m", "-Xmx768m"));
        }
        command.addAll(cache.options(service.label(), List.of(program.getParent())));
        command.addAll(List.of("-jar", program.toString()));
        return command;
    }

    List<String> kafka() {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(ALL);
        command.addAll(List.of(LIGHT_COMPILER, SMALL_STACKS, "-Xmx256m"));
        if (Files.isRegularFile(OWN_PROGRAM)) {
            command.addAll(cache.options(LocalSystem.KAFKA, List.of(OWN_PROGRAM, OWN_PROGRAM.resolveSibling("lib"))));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KafkaServer.class.getName()));
        command.addAll(List.of(
                installation.home().kafka().toString(),
                Integer.toString(installation.ports().kafka()),
                Integer.toString(installation.ports().kafkaController())));
        return command;
    }
}
