package io.minigpt.local.system;

import java.net.URI;
import java.nio.file.Path;

/**
 * What a local system is made of: the built programs, its state and its ports.
 *
 * @param root the repository, with the programs below {@code services/}
 * @param home the state folder
 * @param ports the ports
 */
public record Installation(Path root, Home home, Ports ports) {
    private static final String LOOPBACK = "127.0.0.1";

    public Installation {
        root = root.toAbsolutePath().normalize();
    }

    Path program(Service service) {
        return root.resolve("services").resolve(service.label()).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** What makes later starts of the same build fast; can be deleted at any time. */
    Path aotCaches() {
        return root.resolve("services/local/target/aot-caches");
    }

    Path configuration() {
        return root.resolve("config");
    }

    /** Address of a service. */
    public URI address(Service service) {
        return URI.create("http://" + LOOPBACK + ":" + ports.of(service));
    }

    String kafkaAddress() {
        return LOOPBACK + ":" + ports.kafka();
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://" + LOOPBACK + ":" + ports.postgres() + "/" + database;
    }
}
