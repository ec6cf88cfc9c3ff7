package io.minigpt.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.local.Refusal;
import io.minigpt.platform.servers.LinuxProcess;
import io.minigpt.platform.servers.LinuxProcess.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {
    @TempDir
    Path folder;

    private Home home;
    private ProcessTable table;

    @BeforeEach
    void prepare() {
        home = new Home(folder.resolve("状态")).create();
        table = new ProcessTable(home);
    }

    @Test
    void findsAProcessUntilItEnds() {
        // Given
        LinuxProcess sleeper = sleeper();
        table.put("corpus", sleeper);
        assertThat(table.find("corpus")).contains(sleeper);

        // When
        sleeper.signal(Signal.KILL);

        // Then
        assertThat(sleeper.awaitEnd(Duration.ofSeconds(10))).isTrue();
        assertThat(table.find("corpus")).isEmpty();
        assertThat(table.knows("corpus")).isTrue();
    }

    @Test
    void doesNotTakeALaterProcessWithTheSameIdForTheOne() {
        // Given
        LinuxProcess self = LinuxProcess.find(ProcessHandle.current().pid()).orElseThrow();

        // When
        table.put("corpus", new LinuxProcess(self.pid(), self.startTicks() - 1));

        // Then
        assertThat(table.find("corpus")).isEmpty();
    }

    @Test
    void knowsItsProcessesByTheirMark() {
        // Given
        LinuxProcess sleeper = sleeper();

        try {
            // When
            List<LinuxProcess> marked = table.marked();

            // Then
            assertThat(marked).containsExactly(sleeper);
            assertThat(new ProcessTable(new Home(folder)).marked()).isEmpty();
        } finally {
            sleeper.signal(Signal.KILL);
        }
    }

    @Test
    void saysWhatToDoAboutAFileThatIsNotItsOwn() throws Exception {
        // Given
        Path file = Files.writeString(home.run().resolve("corpus.pid"), "soon");

        // When, Then
        assertThatThrownBy(() -> table.find("corpus"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("remove it");
    }

    private LinuxProcess sleeper() {
        LinuxProcess process =
                DetachedProcess.start(List.of("sleep", "600"), folder, table.mark("corpus"), home.log("corpus"));
        // until setsid has given way to the program, the command line is not its own yet
        while (!process.commandLine().contains("600") || process.commandLine().contains("setsid")) {
            Thread.onSpinWait();
        }
        return process;
    }
}
