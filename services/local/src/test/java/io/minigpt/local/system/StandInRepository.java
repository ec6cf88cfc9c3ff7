package io.minigpt.local.system;

import io.minigpt.platform.servers.LoopbackPort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A repository in which every service is a small stand-in. */
final class StandInRepository {
    private StandInRepository() {}

    static Installation in(Path folder, int portOffset) throws IOException {
        Installation installation = new Installation(
                folder.resolve("repository"), new Home(folder.resolve("state")), new Ports(portOffset));
        for (Service service : Service.values()) {
            writeProgram(installation.program(service), StandInService.class);
        }
        return installation;
    }

    static void writeProgram(Path jar, Class<?> program) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, program.getName());
        Files.createDirectories(jar.getParent());
        String file = program.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream bytes = program.getClassLoader().getResourceAsStream(file)) {
            out.putNextEntry(new JarEntry(file));
            bytes.transferTo(out);
            out.closeEntry();
        }
    }

    /** A port offset under which every port of a system is free. */
    static int freeOffset() {
        return Stream.iterate(20_000, offset -> offset + 37)
                .limit(100)
                .filter(StandInRepository::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int offset) {
        Ports ports = new Ports(offset);
        return Stream.concat(
                        Stream.of(ports.postgres(), ports.kafka(), ports.kafkaController()),
                        Stream.of(Service.values()).map(ports::of))
                .allMatch(LoopbackPort::isFree);
    }
}
