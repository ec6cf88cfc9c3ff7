package io.minigpt.platform.servers;

import java.nio.file.Path;

/** Starts a PostgreSQL server and is killed without stopping it. */
final class AbandonedPostgres {
    private AbandonedPostgres() {}

    public static void main(String[] arguments) {
        PostgresServer.start(PostgresSettings.of(Path.of(arguments[0]), Integer.parseInt(arguments[1]), arguments[2])
                .withoutDurability());
        System.out.println("started");
        Runtime.getRuntime().halt(137);
    }
}
