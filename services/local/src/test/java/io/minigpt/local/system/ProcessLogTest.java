package io.minigpt.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLogTest {
    @TempDir
    Path folder;

    @Test
    void givesTheDeepestCauseOfThisStart() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("corpus.log"), "ERROR of an earlier start\n");
        ProcessLog log = ProcessLog.fromNow(file);
        assertThat(log.lastError()).isEqualTo("see " + file + ".");

        // When
        Files.writeString(file, """
                2026-01-01 INFO  started
                2026-01-01 ERROR [main] Failed to start application
                \tat io.quarkus.Application.start
                Caused by: java.lang.IllegalStateException: outer
                Caused by: java.net.BindException: Address already in use
                """, StandardOpenOption.APPEND);

        // Then
        assertThat(log.lastError())
                .isEqualTo("Caused by: java.net.BindException: Address already in use (" + file + ")");
    }
}
