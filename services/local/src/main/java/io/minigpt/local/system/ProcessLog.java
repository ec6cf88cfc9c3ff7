package io.minigpt.local.system;

import io.minigpt.local.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A log from a position on, so that only what one start wrote is looked at.
 *
 * @param file the log
 * @param start position in bytes
 */
record ProcessLog(Path file, long start) {

    /** What will be written from now on. */
    static ProcessLog fromNow(Path file) {
        try {
            return new ProcessLog(file, Files.exists(file) ? Files.size(file) : 0);
        } catch (IOException failure) {
            throw Refusal.failed("The log " + file + " cannot be read: " + failure + ".", failure);
        }
    }

    /** The deepest cause that the process gave for its last error, as the end of a sentence. */
    String lastError() {
        try (FileChannel channel = FileChannel.open(file);
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
                Stream<String> lines = reader.lines()) {
            // a large log is set aside at a start, and the new one begins at zero
            channel.position(start <= channel.size() ? start : 0);
            return lines.filter(line -> line.startsWith("Caused by:") || line.contains("ERROR"))
                    .reduce((earlier, later) -> later)
                    .map(line -> line.strip() + " (" + file + ")")
                    .orElse("see " + file + ".");
        } catch (IOException unreadable) {
            return "its log " + file + " cannot be read.";
        }
    }
}
