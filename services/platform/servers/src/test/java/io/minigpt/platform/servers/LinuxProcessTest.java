package io.minigpt.platform.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.platform.servers.LinuxProcess.Signal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinuxProcessTest {
    @Test
    void describesAProcessThatRuns() throws Exception {
        // Given
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        try {
            // When
            LinuxProcess process = LinuxProcess.find(sleeper.pid()).orElseThrow();

            // Then
            assertThat(process.isRunning()).isTrue();
            assertThat(process.commandLine()).containsExactly("sleep", "60");
        } finally {
            sleeper.destroyForcibly();
        }
    }

    @Test
    void doesNotTakeALaterProcessForTheOne() {
        // Given
        LinuxProcess self = LinuxProcess.find(ProcessHandle.current().pid()).orElseThrow();

        // When
        LinuxProcess earlier = new LinuxProcess(self.pid(), self.startTicks() - 1);

        // Then
        assertThat(self.isRunning()).isTrue();
        assertThat(earlier.isRunning()).isFalse();
        assertThat(earlier.commandLine()).isEmpty();
    }

    @Test
    void countsAProcessThatNobodyWaitsForAsEnded() throws Exception {
        // Given: a shell that ends its child and, replaced by sleep, never asks for the child's status
        Process parent = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
        LinuxProcess child = LinuxProcess.find(
                        Long.parseLong(parent.inputReader().readLine()))
                .orElseThrow();
        try {
            // When
            child.signal(Signal.KILL);

            // Then
            assertThat(child.awaitEnd(Duration.ofSeconds(10))).isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }
}
