package io.minigpt.local.system;

import io.minigpt.local.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that holds all state of a local system: delete it and the system is new.
 *
 * @param folder absolute path
 */
public record Home(Path folder) {

    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    /** Creates the folders that are missing. */
    Home create() {
        try {
            for (Path path : new Path[] {run(), logs(), postgres(), kafka(), artifacts(), work(), reports()}) {
                Files.createDirectories(path);
            }
        } catch (IOException failure) {
            throw Refusal.notPossible("The folder " + folder + " cannot be written to: " + failure.getMessage() + ".");
        }
        return this;
    }

    /** Process files. */
    Path run() {
        return folder.resolve("run");
    }

    /** One log file a process. */
    Path logs() {
        return folder.resolve("logs");
    }

    Path log(String process) {
        return logs().resolve(process + ".log");
    }

    Path postgres() {
        return folder.resolve("data/postgres");
    }

    Path kafka() {
        return folder.resolve("data/kafka");
    }

    /** The artifact store. */
    Path artifacts() {
        return folder.resolve("artifacts");
    }

    /** What is not finished, on the disk of the artifact store, which links it when it is. */
    Path work() {
        return folder.resolve("work");
    }

    /** Files that only their owner can read. */
    Path secrets() {
        return folder.resolve("secrets");
    }

    /** One folder a pipeline run. */
    public Path reports() {
        return folder.resolve("reports");
    }
}
