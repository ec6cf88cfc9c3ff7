package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs other programs against the service. */
final class Program {

    private static final int PATIENCE_SECONDS = 60;

    private Program() {}

    /** Whether there is a program of a name on the PATH. */
    static boolean exists(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Runs a program to its end, which must be a good one. @return what it wrote */
    static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(output) + Files.readString(errors);
            assertThat(ended).as("ended in time; it wrote %s", said).isTrue();
            assertThat(process.exitValue()).as("%s wrote %s", command, said).isZero();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }
}
